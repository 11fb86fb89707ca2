using Headgate.Catalogue;

namespace Headgate.Simulation;

/// <summary>Tells the earliest send whose answer is still fresh at an ask that states no bound.</summary>
internal sealed class FreshnessSpan
{
    // Longer than any closure of a market.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    private readonly IMarketSessions _markets;
    private readonly Dictionary<(string Endpoint, string? Market, long At), DateTimeOffset> _known = [];

    public FreshnessSpan(IMarketSessions markets) => _markets = markets;

    public DateTimeOffset EarliestSend(EndpointModel endpoint, string? market, TimeSpan? bar, DateTimeOffset at)
    {
        var model = endpoint.Freshness;
        if (model is { Kind: FreshnessKind.Fixed, Closed: null })
        {
            return at - model.Ttl;
        }

        if (_known.TryGetValue((endpoint.Id, market, at.UtcTicks), out var known))
        {
            return known;
        }

        // The later the send the longer it is fresh, so the earliest can be found by halving.
        var (early, late) = ((at - Longest).UtcTicks, at.UtcTicks);
        while (early < late)
        {
            var middle = early + ((late - early) / 2);
            if (FreshUntil(model, market, bar, new DateTimeOffset(middle, TimeSpan.Zero)) >= at)
            {
                late = middle;
            }
            else
            {
                early = middle + 1;
            }
        }

        return _known[(endpoint.Id, market, at.UtcTicks)] = new DateTimeOffset(late, TimeSpan.Zero);
    }

    private DateTimeOffset FreshUntil(FreshnessModel model, string? market, TimeSpan? bar, DateTimeOffset sent)
    {
        var kind = model.Closed is { } closed && market is not null && !_markets.IsOpen(market, sent) ? closed : model.Kind;
        return kind switch
        {
            FreshnessKind.Immutable => DateTimeOffset.MaxValue,
            FreshnessKind.UntilBarCloses => _markets.NextBarClose(market ?? "", sent, model.Bar ?? bar ?? model.Ttl) ?? sent + model.Ttl,
            FreshnessKind.UntilSessionCloses => _markets.NextClose(market ?? "", sent) ?? sent + model.Ttl,
            FreshnessKind.UntilNextOpen => _markets.NextOpen(market ?? "", sent) ?? sent + model.Ttl,
            FreshnessKind.Origin => sent,
            _ => sent + model.Ttl,
        };
    }
}
