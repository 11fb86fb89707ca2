using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Series;
using Headgate.Desk.Monitors.Universe;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Desk.Monitors.Pulses;

/// <summary>
/// Reads the whole market of a minute: every monitor asks for the same instruments, so that whoever comes first in a minute pays one call and the others none.
/// Thread-safe.
/// </summary>
/// <param name="market">Where quotes come from.</param>
/// <param name="universe">The stocks.</param>
/// <param name="futures">Their futures; null where the source has none.</param>
/// <param name="series">Where what was seen is kept.</param>
/// <param name="time">Wall clock and timers.</param>
/// <param name="options">Null for the defaults.</param>
/// <param name="log">Null logs nothing.</param>
public sealed class MarketPulse(
    IKiteMarket market, StockUniverse universe, FuturesBook? futures, MinuteSeries series, TimeProvider time, PulseOptions? options = null, ILogger? log = null)
{
    private const int ProblemsLogged = 5;

    private readonly PulseOptions _options = options ?? new PulseOptions();
    private readonly ILogger _log = log ?? NullLogger.Instance;

    /// <summary>The stocks.</summary>
    public StockUniverse Universe => universe;

    /// <summary>What was seen of them.</summary>
    public MinuteSeries Series => series;

    /// <summary>The instruments of a minute's ask, in a fixed order.</summary>
    public async ValueTask<IReadOnlyList<string>> NamesAsync(DateTimeOffset cycle, CancellationToken cancellation) => Names(await MapAsync(cycle, cancellation));

    /// <summary>Asks, and adds what was seen to the series.</summary>
    /// <param name="cycle">Scheduled start: nothing sent before it is taken.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask<Pulse> ReadAsync(DateTimeOffset cycle, string client, CancellationToken cancellation)
    {
        var map = await MapAsync(cycle, cancellation);
        var begun = time.GetTimestamp();
        var set = await market.QuotesAsync(Names(map), cycle, client, cancellation);
        var seen = time.GetUtcNow() - set.Age;
        Report(set, time.GetElapsedTime(begun));

        var samples = new Dictionary<string, PriceSample>(StringComparer.Ordinal);
        foreach (var symbol in universe.Stocks)
        {
            if (set.Quotes.TryGetValue("NSE:" + symbol, out var quote))
            {
                samples[symbol] = new PriceSample(seen, quote.Last, quote.Volume, FutureOf(set, map, symbol)?.Oi ?? 0);
            }
        }

        await series.AppendAsync(cycle, samples, cancellation);
        List<StockPulse> stocks = [];
        foreach (var symbol in universe.Stocks)
        {
            if (set.Quotes.TryGetValue("NSE:" + symbol, out var quote) && series.At(symbol, cycle) is { } sample)
            {
                stocks.Add(new StockPulse(symbol, quote with { Last = sample.Last, Volume = sample.Volume }, FutureOf(set, map, symbol), sample));
            }
        }

        MonitorLog.Prices(_log, stocks.Count, universe.Stocks.Count);
        return new Pulse(stocks, universe.Stocks.Count, set.Problems);
    }

    private static KiteQuote? FutureOf(QuoteSet set, FuturesMap? map, string symbol) => map?.NameOf(symbol) is { } name ? set.Quotes.GetValueOrDefault(name) : null;

    private async ValueTask<FuturesMap?> MapAsync(DateTimeOffset cycle, CancellationToken cancellation) =>
        _options.Futures && futures is not null ? await futures.MapAsync(cycle, cancellation) : null;

    private List<string> Names(FuturesMap? map)
    {
        List<string> names = [.. universe.Stocks.Select(static symbol => "NSE:" + symbol)];
        if (map is not null)
        {
            names.AddRange(universe.Stocks.Select(map.NameOf).OfType<string>());
            names.AddRange(List(_options.Also));
            foreach (var underlying in List(_options.AlsoFuturesOf))
            {
                if (map.Mappings.TryGetValue(underlying, out var mapping))
                {
                    names.Add($"{mapping.Exchange}:{mapping.Symbol}");
                    if (mapping.Next is { } next)
                    {
                        names.Add($"{mapping.Exchange}:{next}");
                    }
                }
            }
        }

        return names;
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Report(QuoteSet set, TimeSpan elapsed)
    {
        if (set.Asks > 0 && set.Hits == set.Asks)
        {
            MonitorLog.CacheHit(_log, set.Quotes.Count, (long)set.Age.TotalMilliseconds);
        }
        else
        {
            MonitorLog.CacheMiss(_log, set.Quotes.Count);
            MonitorLog.Fetched(_log, set.Quotes.Count, Math.Round(elapsed.TotalSeconds, 2), set.Asks - set.Hits);
        }

        foreach (var problem in set.Problems.Take(ProblemsLogged))
        {
            MonitorLog.CoordinatorError(_log, problem);
        }

        if (set.Problems.Count > ProblemsLogged)
        {
            MonitorLog.CoordinatorError(_log, $"and {set.Problems.Count - ProblemsLogged} more");
        }
    }
}
