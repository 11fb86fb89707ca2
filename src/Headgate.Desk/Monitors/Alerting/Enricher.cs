using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.History;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Pulses;

namespace Headgate.Desk.Monitors.Alerting;

/// <summary>Gathers what is at hand about a stock. Asks nobody and never throws. Thread-safe.</summary>
/// <param name="pulse">Universe and series.</param>
/// <param name="history">Daily bars; null where the source has none.</param>
/// <param name="trail">The day's earlier alerts.</param>
public sealed class Enricher(MarketPulse pulse, DailyHistory? history, DayTrail trail)
{
    /// <param name="stock">The stock.</param>
    /// <param name="change10">Its 10-minute change; null where it cannot be compared yet, and open interest says nothing then.</param>
    /// <param name="sectors">All sectors, where they were computed.</param>
    /// <param name="cycle">The cycle.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask<Enrichment> OfAsync(StockPulse stock, decimal? change10, IReadOnlyList<SectorReading>? sectors, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var universe = pulse.Universe;
        var sector = universe.SectorOf.GetValueOrDefault(stock.Symbol);
        return new Enrichment
        {
            Rsi = Try(() => history?.Held(stock.Symbol, cycle) is { } bars ? RsiReading.Of([.. bars.Select(static bar => bar.Close)], stock.Sample.Last) : null),
            Oi = Try(() => change10 is { } change
                ? OiReading.Of(stock.Sample.Oi, pulse.Series.FirstOi(stock.Symbol), change, stock.Future?.OiDayHigh ?? 0, stock.Future?.OiDayLow ?? 0)
                : null),
            Sector = sector is null ? null : sectors?.FirstOrDefault(reading => string.Equals(reading.Name, sector, StringComparison.Ordinal)),
            MarketCap = MarketCap(stock),
            Trail = await TrailAsync(stock.Symbol, cycle, cancellation),
        };
    }

    /// <summary>In crore, or null where the shares outstanding are not known.</summary>
    public decimal? MarketCap(StockPulse stock) =>
        Change.MarketCapCrore(stock.Sample.Last, pulse.Universe.SharesOf.TryGetValue(stock.Symbol, out var shares) ? shares : null);

    private async ValueTask<string> TrailAsync(string symbol, DateTimeOffset cycle, CancellationToken cancellation)
    {
        try
        {
            return await trail.OfAsync(symbol, Ist.DayOf(cycle), cancellation);
        }
        catch (IOException)
        {
            // The alert matters more than its decoration.
            return "";
        }
    }

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArithmeticException or ArgumentException)
        {
            // Figures out of any range (a price of 10^20): the alert goes out without them.
            return null;
        }
    }
}
