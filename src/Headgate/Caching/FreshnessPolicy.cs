using Headgate.Catalogue;

namespace Headgate.Caching;

/// <summary>Computes until when a new entry is fresh and until when it may be served at all.</summary>
internal sealed class FreshnessPolicy
{
    private readonly EngineClock _clock;
    private readonly IMarketSessions _markets;

    public FreshnessPolicy(EngineClock clock, IMarketSessions markets)
    {
        _clock = clock;
        _markets = markets;
    }

    /// <param name="market">The item's market; null is always open.</param>
    /// <param name="endpoint">States the kind.</param>
    /// <param name="bar">Bar length of a candle request, or null.</param>
    /// <param name="sentAt">The send, less the upstream's own age.</param>
    /// <param name="originTtl">What the upstream's headers allow, for <see cref="FreshnessKind.Origin"/>.</param>
    public (EngineTime FreshUntil, EngineTime StaleUntil) Of(
        string? market, EndpointModel endpoint, TimeSpan? bar, EngineTime sentAt, TimeSpan? originTtl)
    {
        var model = endpoint.Freshness;
        // Sessions are judged at the send: an answer that crossed the close was asked for while the market was open.
        var wall = _clock.WallNow - (_clock.Now - sentAt);
        var kind = model.Kind;
        if (model.Closed is { } closed && market is not null && !_markets.IsOpen(market, wall))
        {
            kind = closed;
        }

        var freshUntil = kind switch
        {
            FreshnessKind.Immutable => EngineTime.Never,
            FreshnessKind.UntilBarCloses => Until(_markets.NextBarClose(market ?? "", wall, model.Bar ?? bar ?? model.Ttl), wall, sentAt, model.Ttl),
            FreshnessKind.UntilSessionCloses => Until(_markets.NextClose(market ?? "", wall), wall, sentAt, model.Ttl),
            FreshnessKind.UntilNextOpen => Until(_markets.NextOpen(market ?? "", wall), wall, sentAt, model.Ttl),
            FreshnessKind.Origin => sentAt + (originTtl ?? TimeSpan.Zero),
            _ => sentAt + model.Ttl,
        };
        return (freshUntil, EngineTime.Max(freshUntil, sentAt + model.Stale));
    }

    private static EngineTime Until(DateTimeOffset? end, DateTimeOffset wall, EngineTime sentAt, TimeSpan fallback) =>
        end is { } known ? sentAt + (known - wall) : sentAt + fallback;
}
