using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Alerting;
using Headgate.Desk.Monitors.History;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Messages;
using Headgate.Desk.Monitors.Pulses;
using Headgate.Desk.Monitors.Stock;

namespace Headgate.Desk.Monitors.OneMinute;

/// <summary>Every minute: liquid stocks that move fast on volume.</summary>
/// <param name="rules">Days and window.</param>
/// <param name="pulse">The market.</param>
/// <param name="history">Daily bars for the mean volume; null where the source has none, and then every stock is looked at.</param>
/// <param name="raiser">Where alerts go.</param>
/// <param name="cooldowns">When 5-minute alerts were sent.</param>
/// <param name="enricher">What else is known.</param>
/// <param name="trail">The day's earlier alerts.</param>
/// <param name="finds">What the stock monitor finds in this process; null where it does not run here.</param>
/// <param name="time">Wall clock.</param>
/// <param name="options">Null for the defaults.</param>
public sealed class OneMinuteMonitor(
    SessionRules rules,
    MarketPulse pulse,
    DailyHistory? history,
    AlertRaiser raiser,
    CooldownLedger cooldowns,
    Enricher enricher,
    DayTrail trail,
    FiveMinuteFinds? finds,
    TimeProvider time,
    OneMinuteOptions? options = null) : IMonitor
{
    private const string Client = "onemin_monitor";

    private readonly OneMinuteOptions _options = options ?? new OneMinuteOptions();

    public string Name => "onemin";

    public IReadOnlyList<DateTimeOffset> Moments(DateOnly day) => _options.Enabled ? rules.Every(day, _options.From, _options.To, TimeSpan.FromMinutes(1)) : [];

    public async ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        if (!_options.Enabled || !rules.IsInWindow(cycle))
        {
            return new CycleResult(pulse.Universe.Stocks.Count, 0) { Note = _options.Enabled ? "outside the monitoring window" : "switched off" };
        }

        var market = await pulse.ReadAsync(cycle, Client, cancellation);
        var recent = finds is null ? new HashSet<string>(StringComparer.Ordinal) : await finds.FoundAsync(cycle, _options.QuietAfterFiveMinute, cancellation);
        var liquid = market.Stocks.Where(stock => IsLiquid(stock.Symbol, cycle)).ToList();
        List<Alert> alerts = [];
        foreach (var stock in liquid)
        {
            var samples = pulse.Series.Of(stock.Symbol, stock.Sample.At - StockMoves.LookBack);
            if (OneMinuteFinding.Of(samples, stock.Sample, _options) is { } finding && await MayAlertAsync(stock.Symbol, cycle, recent, cancellation))
            {
                var enrichment = await enricher.OfAsync(stock, StockMoves.Of(stock.Symbol, samples, stock.Sample).Change10, sectors: null, cycle, cancellation);
                alerts.Add(AlertOf(finding, stock, enrichment, cycle));
            }
        }

        var (sent, failed) = await raiser.RaiseAsync(alerts, cancellation);
        foreach (var alert in alerts)
        {
            await trail.AddAsync(alert, alert.Type is "1min_rise", cancellation);
        }

        return new CycleResult(market.Total, liquid.Count)
        {
            DropAlerts = alerts.Count(static alert => alert.Type is "1min"),
            RiseAlerts = alerts.Count(static alert => alert.Type is "1min_rise"),
            AlertsSent = sent,
            Errors = market.Errors + failed,
            OiStocks = market.OiStocks,
        };
    }

    private bool IsLiquid(string symbol, DateTimeOffset cycle) => history?.AverageVolume(symbol, cycle) is not { } average || average >= _options.AverageDailyVolumeMin;

    // Layers four and five. Neither consumes anything: the cooldown begins with an alert that was sent.
    private async ValueTask<bool> MayAlertAsync(string symbol, DateTimeOffset cycle, IReadOnlySet<string> recent, CancellationToken cancellation) =>
        await raiser.IsReadyAsync(OneMinuteFinding.Cooldown, symbol, _options.Cooldown, cycle, cancellation)
        && !recent.Contains(symbol)
        && !await WasAlertedAsync("5min", symbol, cycle, cancellation)
        && !await WasAlertedAsync("5min_rise", symbol, cycle, cancellation);

    private async ValueTask<bool> WasAlertedAsync(string type, string symbol, DateTimeOffset cycle, CancellationToken cancellation) =>
        await cooldowns.LastAsync(type, symbol, cancellation) is { } last && last <= cycle && cycle - last <= _options.QuietAfterFiveMinute;

    private Alert AlertOf(OneMinuteFinding finding, StockPulse stock, Enrichment enrichment, DateTimeOffset cycle)
    {
        var text = new MessageText()
            .Headline($"{(finding.IsHigh ? "🔴 HIGH" : "🟡 NORMAL")} · 1-minute {(finding.IsRise ? "rise" : "drop")}")
            .Blank()
            .Fact("Stock", stock.Symbol)
            .Fact("Time", FormattableString.Invariant($"{Ist.Of(cycle):HH:mm}"))
            .Cap(enrichment.MarketCap)
            .Fact("Now", Figures.Rupees(stock.Sample.Last))
            .Fact("1 min ago", Figures.Rupees(finding.Then.Last))
            .Fact("Change", $"{Figures.Percent(finding.ChangePercent)} ({Figures.SignedRupees(stock.Sample.Last - finding.Then.Last)})")
            .Fact("Volume of the minute", Figures.Count(finding.Volume.Current))
            .Fact("Average minute before", $"{Figures.Count(finding.Volume.Average!.Value)} ({Figures.Times(finding.Volume.Multiple!.Value)})")
            .Rsi(enrichment.Rsi)
            .Oi(enrichment.Oi)
            .Trail(enrichment.Trail);
        var cells = Rows.Standard(
            stock.Symbol, finding.Type, cycle, finding.IsRise, stock.Sample.Last, finding.Then.Last, finding.ChangePercent, finding.Volume, enrichment);
        cells["Priority"] = finding.Priority;
        return new Alert(Name, finding.Type, stock.Symbol, cycle, time.GetUtcNow())
        {
            Html = text.ToString(),
            Summary = $"{stock.Symbol} {Figures.Percent(finding.ChangePercent)} in a minute to {Figures.Rupees(stock.Sample.Last)} ({finding.Priority})",
            Price = stock.Sample.Last,
            Cooldown = OneMinuteFinding.Cooldown,
            Row = new AlertRow("1min_alerts", cells),
        };
    }
}
