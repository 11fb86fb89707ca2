using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.FollowUps;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors.Alerting;
using Headgate.Desk.Monitors.Atr;
using Headgate.Desk.Monitors.History;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.OneMinute;
using Headgate.Desk.Monitors.Options;
using Headgate.Desk.Monitors.Pulses;
using Headgate.Desk.Monitors.Series;
using Headgate.Desk.Monitors.Stock;
using Headgate.Desk.Monitors.Universe;
using Headgate.Markets;
using Microsoft.Extensions.Logging;

namespace Headgate.Desk.Monitors;

/// <summary>The Kite desk put together: what its monitors share, and the monitors.</summary>
/// <remarks>
/// One per process and data directory.
/// </remarks>
public sealed class KiteDesk
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    private readonly IRecordStore _records;
    private readonly HashSet<string> _running;

    /// <param name="door">Where asks go.</param>
    /// <param name="records">What is durable.</param>
    /// <param name="alerts">Who delivers.</param>
    /// <param name="universe">The stocks.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="calendars">Null for the shipped ones.</param>
    /// <param name="market">Null for what <see cref="DeskMonitorOptions.Source"/> names.</param>
    /// <param name="logs">Null logs nothing.</param>
    /// <param name="running">Names of the monitors that will run in this process; null for all.</param>
    public KiteDesk(
        IDeskDoor door,
        IRecordStore records,
        IAlertDesk alerts,
        StockUniverse universe,
        DeskMonitorOptions? options = null,
        MarketCalendars? calendars = null,
        IKiteMarket? market = null,
        ILoggerFactory? logs = null,
        IEnumerable<string>? running = null)
    {
        Options = options ?? new DeskMonitorOptions();
        _records = records;
        _running = new HashSet<string>(running ?? ["history", "stock", "onemin", "atr", "options", "followup"], StringComparer.Ordinal);
        Time = door.Time;
        Rules = new SessionRules(calendars ?? MarketCalendars.Shipped, Options.Session);
        Market = market ?? MarketSources.Of(door, Options, logs?.CreateLogger("Headgate.Desk.market"));
        var hasAll = MarketSources.HasAll(Market);
        Universe = MarketSources.UniverseOf(Market, universe);
        Instruments = new InstrumentBook(Market);
        Futures = new FuturesBook(Instruments, records, logs?.CreateLogger("Headgate.Desk.futures"));
        Series = new MinuteSeries(records);
        Pulse = new MarketPulse(Market, Universe, hasAll ? Futures : null, Series, Time, Options.Pulse, logs?.CreateLogger("Headgate.Desk.quotes"));
        History = hasAll ? new DailyHistory(Market, Instruments, Options.History) : null;
        Cooldowns = new CooldownLedger(records);
        Raiser = new AlertRaiser(alerts, Cooldowns);
        Trail = new DayTrail(records);
        Enricher = new Enricher(Pulse, History, Trail);
        Monitors = [.. Make(alerts, logs)];
    }

    public DeskMonitorOptions Options { get; }

    public TimeProvider Time { get; }

    public SessionRules Rules { get; }

    public IKiteMarket Market { get; }

    public StockUniverse Universe { get; }

    public InstrumentBook Instruments { get; }

    public FuturesBook Futures { get; }

    public MinuteSeries Series { get; }

    public MarketPulse Pulse { get; }

    /// <summary>Null where the source has no bars.</summary>
    public DailyHistory? History { get; }

    public CooldownLedger Cooldowns { get; }

    public AlertRaiser Raiser { get; }

    public DayTrail Trail { get; }

    public Enricher Enricher { get; }

    /// <summary>Those that run in this process: the loader of daily bars, stock, onemin, atr, options, followup (where alerts are delivered by an <see cref="AlertDesk"/>).</summary>
    public IReadOnlyList<IMonitor> Monitors { get; }

    /// <summary>Deletes what no rule needs any more: minutes of earlier days, cooldowns older than the longest.</summary>
    public async ValueTask PurgeAsync(CancellationToken cancellation)
    {
        var now = Time.GetUtcNow();
        await Series.PurgeAsync(now - Keep, cancellation);
        await Cooldowns.PurgeAsync(now - Keep - Options.Atr.Cooldown, cancellation);
        foreach (var old in await _records.QueryAsync(new RecordQuery(DayTrail.Kind) { Before = now - Keep, Max = 10_000 }, cancellation))
        {
            await _records.DeleteAsync(DayTrail.Kind, old.Id, cancellation);
        }
    }

    private IEnumerable<IMonitor> Make(IAlertDesk alerts, ILoggerFactory? logs)
    {
        FiveMinuteFinds? finds = null;
        StockMonitor? stock = null;
        if (_running.Contains("stock"))
        {
            finds = new FiveMinuteFinds(Time, cycle => stock!.Moments(Ist.DayOf(cycle)).Contains(cycle));
            stock = new StockMonitor(Rules, Pulse, Raiser, Enricher, Trail, finds, Time, Options.Stock);
        }

        yield return new Housekeeping(Rules, PurgeAsync);

        // Daily bars serve every monitor, so any of them brings the loader along.
        if (History is not null)
        {
            yield return new HistoryLoader(History, Universe, Rules, logs?.CreateLogger("Headgate.Desk.history"));
        }

        if (stock is not null)
        {
            yield return stock;
        }

        if (_running.Contains("onemin"))
        {
            yield return new OneMinuteMonitor(Rules, Pulse, History, Raiser, Cooldowns, Enricher, Trail, finds, Time, Options.OneMin);
        }

        if (_running.Contains("atr") && History is not null)
        {
            yield return new AtrMonitor(Rules, Pulse, History, Raiser, Enricher, Time, Options.Atr);
        }

        // Without bars and derivatives there is nothing to analyse.
        if (_running.Contains("options") && History is not null)
        {
            yield return new OptionMonitor(Market, Instruments, alerts, _records, Rules, Time, Options.Options);
        }

        if (_running.Contains("followup") && alerts is AlertDesk desk)
        {
            yield return new FollowUpMonitor(desk, _records, Market, Rules, Options.FollowUp);
        }
    }
}
