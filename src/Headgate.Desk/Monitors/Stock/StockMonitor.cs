using Headgate.Desk.Alerts;
using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Alerting;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Pulses;

namespace Headgate.Desk.Monitors.Stock;

/// <summary>Every five minutes: stocks that fell or rose fast in 5, 10 or 30 minutes, or with a volume spike; and the sectors.</summary>
public sealed class StockMonitor : IMonitor
{
    private const string Client = "stock_monitor";

    private readonly SessionRules _rules;
    private readonly MarketPulse _pulse;
    private readonly AlertRaiser _raiser;
    private readonly Enricher _enricher;
    private readonly DayTrail _trail;
    private readonly FiveMinuteFinds? _finds;
    private readonly TimeProvider _time;
    private readonly StockMonitorOptions _options;
    private readonly HashSet<string> _pharma;

    /// <param name="rules">Days and window.</param>
    /// <param name="pulse">The market.</param>
    /// <param name="raiser">Where alerts go.</param>
    /// <param name="enricher">What else is known.</param>
    /// <param name="trail">The day's earlier alerts.</param>
    /// <param name="finds">Told what was found, for the one-minute monitor; null where that does not run here.</param>
    /// <param name="time">Wall clock.</param>
    /// <param name="options">Null for the defaults.</param>
    public StockMonitor(SessionRules rules, MarketPulse pulse, AlertRaiser raiser, Enricher enricher, DayTrail trail, FiveMinuteFinds? finds, TimeProvider time, StockMonitorOptions? options = null)
    {
        _rules = rules;
        _pulse = pulse;
        _raiser = raiser;
        _enricher = enricher;
        _trail = trail;
        _finds = finds;
        _time = time;
        _options = options ?? new StockMonitorOptions();
        _pharma = new HashSet<string>(_options.PharmaSymbols, StringComparer.Ordinal);
    }

    public string Name => "stock";

    public IReadOnlyList<DateTimeOffset> Moments(DateOnly day) => _rules.Every(day, _options.From, _options.To, _options.Every);

    public async ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            if (!_rules.IsInWindow(cycle))
            {
                return new CycleResult(_pulse.Universe.Stocks.Count, 0) { Note = "outside the monitoring window" };
            }

            var pulse = await _pulse.ReadAsync(cycle, Client, cancellation);
            var alerts = await FindAsync(pulse, cycle, found, cancellation);
            _finds?.Tell(cycle, found);
            var (sent, failed) = await _raiser.RaiseAsync(alerts, cancellation);
            foreach (var alert in alerts.Where(static alert => alert.Cooldown is not null))
            {
                await _trail.AddAsync(alert, IsRise(alert), cancellation);
            }

            var moves = alerts.Where(static alert => alert.Cooldown is not null).ToList();
            return new CycleResult(pulse.Total, pulse.Stocks.Count)
            {
                DropAlerts = moves.Count(static alert => !IsRise(alert)),
                RiseAlerts = moves.Count(IsRise),
                AlertsSent = sent,
                Errors = pulse.Errors + failed,
                OiStocks = pulse.OiStocks,
            };
        }
        finally
        {
            // Whoever waits for this cycle's judgement must not wait for one that failed.
            _finds?.Tell(cycle, found);
        }
    }

    private static bool IsRise(Alert alert) => alert.Type.EndsWith("_rise", StringComparison.Ordinal);

    private async ValueTask<List<Alert>> FindAsync(Pulse pulse, DateTimeOffset cycle, HashSet<string> found, CancellationToken cancellation)
    {
        var all = pulse.Stocks
            .Select(stock => (Stock: stock, Moves: StockMoves.Of(stock.Symbol, _pulse.Series.Of(stock.Symbol, stock.Sample.At - StockMoves.LookBack), stock.Sample)))
            .ToList();
        var sectors = SectorReading.Of(all.Select(one => Member(one.Stock, one.Moves)).OfType<SectorMember>());
        List<Alert> alerts = [];
        foreach (var (stock, moves) in all)
        {
            Enrichment? enrichment = null;
            foreach (var finding in StockChecks.Of(moves, _options))
            {
                if (!await _raiser.IsReadyAsync(finding.Type, stock.Symbol, finding.Cooldown, cycle, cancellation))
                {
                    continue;
                }

                if (finding.Check is "5min")
                {
                    found.Add(stock.Symbol);
                }

                enrichment ??= await _enricher.OfAsync(stock, moves.Change10, sectors, cycle, cancellation);
                alerts.Add(StockMessages.Of(finding, moves, stock, enrichment, _pharma.Contains(stock.Symbol), cycle, _time.GetUtcNow()));
            }
        }

        if (sectors.Count > 1 && _options.IsSectorSnapshot(cycle) && sectors[0].Momentum - sectors[^1].Momentum >= _options.RotationGap)
        {
            alerts.Add(SectorMessages.Rotation(sectors, cycle, _time.GetUtcNow()));
        }

        if (sectors.Count > 0 && Ist.TimeOf(cycle) == _options.SectorSummaryAt)
        {
            alerts.Add(SectorMessages.Summary(sectors, cycle, _time.GetUtcNow()));
        }

        return alerts;
    }

    private SectorMember? Member(StockPulse stock, StockMoves moves) => _pulse.Universe.SectorOf.TryGetValue(stock.Symbol, out var sector)
        ? new SectorMember(
            stock.Symbol, sector, _enricher.MarketCap(stock), moves.Change5, moves.Change10, moves.Change30, moves.Volume(_options.VolumeMinHistory, _options.VolumeMaxHistory)?.Multiple)
        : null;
}
