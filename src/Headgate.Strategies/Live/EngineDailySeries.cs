using System.Collections.Concurrent;
using Headgate.Strategies.Store;

namespace Headgate.Strategies.Live;

/// <summary>
/// Daily closes of the underlying from a provider, fetched through the gate under its limits; contracts, expiries and base ranges from an
/// inner source, because a provider lists contracts only until they expire.
/// </summary>
/// <remarks>
/// Only finished sessions count: a day's close appears at 16:00 Indian time, and the version changes at that moment. Within a version a
/// symbol's series is fetched once and then kept. Safe for concurrent use.
/// </remarks>
public sealed class EngineDailySeries : IDailySeriesSource
{
    private const int SymbolsMax = 256;

    // Asia/Kolkata has had this distance from UTC, without daylight saving, since 1945.
    private static readonly TimeSpan IndianTime = new(5, 30, 0);

    // NSE closes at 15:30 and publishes its closing prices, a weighted mean of the last half hour, within minutes.
    private static readonly TimeSpan Finished = new(16, 0, 0);

    private readonly Engine _engine;
    private readonly IDailySeriesSource _inner;
    private readonly KiteHistory _history;
    private readonly ConcurrentDictionary<string, (string Version, IReadOnlyList<SpotDay> Days)> _kept = new(StringComparer.Ordinal);

    /// <param name="engine">A started engine whose catalogue has Kite Connect; its secret goes with the calls (docs/configuration.md).</param>
    /// <param name="inner">Everything but spot closes: usually the <see cref="BhavcopyStore"/>.</param>
    /// <param name="from">First day asked for. Default: 2007-01-01, before which Kite has no daily candles of the indices.</param>
    public EngineDailySeries(Engine engine, IDailySeriesSource inner, DateOnly? from = null)
    {
        _engine = engine;
        _inner = inner;
        _history = new KiteHistory(new GateReader(engine), from ?? new DateOnly(2007, 1, 1));
    }

    /// <summary>The inner source's version and the last finished day.</summary>
    public async ValueTask<string> VersionAsync(CancellationToken cancellation) => VersionOf(await _inner.VersionAsync(cancellation), LastFinishedDay());

    /// <summary>The symbol's closes up to the last finished day. Falls back to the inner source for symbols the provider does not list.</summary>
    /// <exception cref="TransientStrategyException">The gate refused: no permit in time, or the provider is away.</exception>
    /// <exception cref="InvalidDataException">The provider answered with an error or with something unreadable.</exception>
    public async ValueTask<IReadOnlyList<SpotDay>> SpotAsync(string symbol, CancellationToken cancellation)
    {
        var last = LastFinishedDay();
        var version = VersionOf(await _inner.VersionAsync(cancellation), last);
        if (_kept.TryGetValue(symbol, out var kept) && kept.Version == version)
        {
            return kept.Days;
        }

        var days = await _history.ClosesAsync(symbol, last, cancellation) ?? await _inner.SpotAsync(symbol, cancellation);
        if (_kept.Count >= SymbolsMax && !_kept.ContainsKey(symbol))
        {
            _kept.Clear();
        }

        _kept[symbol] = (version, days);
        return days;
    }

    public ValueTask<IReadOnlyList<ExpiryRow>> ExpiriesAsync(string symbol, ExpiryKind kind, CancellationToken cancellation) => _inner.ExpiriesAsync(symbol, kind, cancellation);

    public ValueTask<IReadOnlyList<DateRange>?> RangesAsync(string filter, CancellationToken cancellation) => _inner.RangesAsync(filter, cancellation);

    public ValueTask<DaySheet?> SheetAsync(string symbol, DateOnly date, CancellationToken cancellation) => _inner.SheetAsync(symbol, date, cancellation);

    private static string VersionOf(string inner, DateOnly last) => $"{inner}-kite-{Iso.Text(last)}";

    private DateOnly LastFinishedDay()
    {
        var local = _engine.Clock.WallNow.ToOffset(IndianTime);
        var today = DateOnly.FromDateTime(local.DateTime);
        return local.TimeOfDay >= Finished ? today : today.AddDays(-1);
    }
}
