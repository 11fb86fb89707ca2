using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Alerting;
using Headgate.Desk.Monitors.History;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Pulses;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Monitors.Atr;

/// <summary>Every half hour: stocks far above their open, measured in average true ranges.</summary>
/// <param name="rules">Days and window; checked here as well, which the original did not.</param>
/// <param name="pulse">The market.</param>
/// <param name="history">Daily bars.</param>
/// <param name="raiser">Where alerts go.</param>
/// <param name="enricher">What else is known.</param>
/// <param name="time">Wall clock.</param>
/// <param name="options">Null for the defaults.</param>
public sealed class AtrMonitor(
    SessionRules rules, MarketPulse pulse, DailyHistory history, AlertRaiser raiser, Enricher enricher, TimeProvider time, AtrOptions? options = null) : IMonitor
{
    private const string Client = "atr_monitor";

    private readonly AtrOptions _options = options ?? new AtrOptions();

    public string Name => "atr";

    public IReadOnlyList<DateTimeOffset> Moments(DateOnly day) => rules.Every(day, _options.From, _options.To, _options.Every);

    public async ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        if (!rules.IsInWindow(cycle))
        {
            return new CycleResult(pulse.Universe.Stocks.Count, 0) { Note = "outside the monitoring window" };
        }

        var market = await pulse.ReadAsync(cycle, Client, cancellation);
        var candidates = market.Stocks.Where(stock => AtrSignal.IsCandidate(stock.Quote, _options)).ToList();

        // Side by side: the gate paces what has to be fetched, and what is held waits for nothing.
        var bars = await Together.AllAsync([.. candidates.Select(stock => history.BarsAsync(stock.Symbol, cycle, Client, cancellation).AsTask())]);
        List<Alert> alerts = [];
        for (var i = 0; i < candidates.Count; i++)
        {
            var stock = candidates[i];
            if (bars[i] is { } days && AtrSignal.Of(stock.Quote, days, _options) is { } signal
                && await raiser.IsReadyAsync(AtrMessages.Breakout, stock.Symbol, _options.Cooldown, cycle, cancellation))
            {
                var enrichment = await enricher.OfAsync(stock, change10: null, sectors: null, cycle, cancellation);
                alerts.Add(AtrMessages.Of(signal, stock, enrichment, _options, cycle, time.GetUtcNow()));
            }
        }

        var breakouts = alerts.Count;
        if (await FridayAsync(cycle, cancellation) is { } reminder)
        {
            alerts.Add(reminder);
        }

        var (sent, failed) = await raiser.RaiseAsync(alerts, cancellation);
        return new CycleResult(market.Total, market.Stocks.Count)
        {
            RiseAlerts = breakouts,
            AlertsSent = sent,
            Errors = market.Errors + failed + bars.Count(static days => days is null),
            OiStocks = market.OiStocks,
            Note = FormattableString.Invariant($"{candidates.Count} candidates"),
        };
    }

    // Once in each of the two half hours of a date.
    private async ValueTask<Alert?> FridayAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        var at = Ist.TimeOf(cycle);
        var half = at.Hour switch
        {
            10 when at.Minute < 30 => "morning",
            15 when at.Minute < 30 => "afternoon",
            _ => null,
        };
        return _options.FridayExit && half is not null && Ist.DayOf(cycle).DayOfWeek == DayOfWeek.Friday
            && await raiser.IsReadyAsync("friday_exit", half, TimeSpan.FromHours(12), cycle, cancellation)
                ? AtrMessages.Friday(half, cycle, time.GetUtcNow())
                : null;
    }
}
