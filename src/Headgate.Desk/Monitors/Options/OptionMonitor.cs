using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Universe;

namespace Headgate.Desk.Monitors.Options;

/// <summary>The NIFTY option-selling analyser: 23 runs a day, one analysis each, used for leaving and adding alike. Advice only.</summary>
/// <remarks>
/// A cycle's decision (position, row of the workbook, alerts) becomes durable in one write before any alert is raised, and a cycle that has its decision is never
/// run again, so that a kill anywhere neither fires twice nor loses an alert. The host runs one cycle at a time.
/// </remarks>
public sealed class OptionMonitor : IMonitor
{
    private readonly OptionReader _reader;
    private readonly OptionStore _store;
    private readonly AlertDesk? _desk;
    private readonly IAlertDesk _alerts;
    private readonly SessionRules _rules;
    private readonly OptionsSettings _settings;
    private readonly TimeProvider _time;
    private OptionDay? _today;
    private bool _isTold;

    /// <param name="market">Whom to ask.</param>
    /// <param name="instruments">Finds contracts.</param>
    /// <param name="alerts">Who delivers; the monthly workbook is written only where it is an <see cref="AlertDesk"/>.</param>
    /// <param name="records">Where days and rows are kept.</param>
    /// <param name="rules">Trading days and the window.</param>
    /// <param name="time">Wall clock.</param>
    /// <param name="settings">Null for the defaults.</param>
    public OptionMonitor(
        IKiteMarket market, InstrumentBook instruments, IAlertDesk alerts, IRecordStore records, SessionRules rules, TimeProvider time, OptionsSettings? settings = null)
    {
        _settings = settings ?? new OptionsSettings();
        _reader = new OptionReader(market, instruments, rules, _settings, Name);
        _store = new OptionStore(records);
        _alerts = alerts;
        _desk = alerts as AlertDesk;
        _rules = rules;
        _time = time;
    }

    /// <summary>One on its own, with an instrument list of its own.</summary>
    /// <inheritdoc cref="OptionMonitor(IKiteMarket, InstrumentBook, IAlertDesk, IRecordStore, SessionRules, TimeProvider, OptionsSettings?)"/>
    public OptionMonitor(IKiteMarket market, IAlertDesk alerts, IRecordStore records, SessionRules rules, TimeProvider time, OptionsSettings? settings = null)
        : this(market, new InstrumentBook(market), alerts, records, rules, time, settings)
    {
    }

    public string Name => "options";

    /// <summary>What it remembers.</summary>
    public OptionStore Store => _store;

    public IReadOnlyList<DateTimeOffset> Moments(DateOnly day)
    {
        List<DateTimeOffset> moments = [.. _rules.Every(day, _settings.EntryTime, _settings.LastTime, _settings.Every)];
        var summary = Ist.At(day, _settings.SummaryTime);
        if (_rules.IsInWindow(summary) && !moments.Contains(summary))
        {
            moments.Add(summary);
        }

        return moments;
    }

    public async ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        if (!_rules.IsInWindow(cycle) || Ist.TimeOf(cycle) < _settings.EntryTime)
        {
            return new CycleResult(0, 0) { Note = "outside its days and hours" };
        }

        var day = await TodayAsync(Ist.DayOf(cycle), cancellation);
        if (day.LastRun is { } last && Ist.MinuteOf(last) >= Ist.MinuteOf(cycle))
        {
            // The process may have died between deciding and telling; what was told is known by its key.
            return new CycleResult(1, 1) { AlertsSent = await RaiseAsync(day, cancellation), Note = "ran already" };
        }

        var held = day.Stage == PositionStage.Entered ? day.Layers.SelectMany(static layer => new[] { layer.Legs.CallName, layer.Legs.PutName }).ToList() : [];
        var (inputs, error) = await _reader.ReadAsync(cycle, held, cancellation);
        if (!_isTold)
        {
            await RaiseAsync(day, cancellation);
        }

        OptionAnalysis? analysis = null;
        if (inputs is not null)
        {
            day = Remember(day, inputs);
            analysis = OptionAnalyser.Analyse(inputs, day.Regime!, FirstOi(day, inputs), _settings);
            error = analysis is null ? "no strategy has usable premiums" : null;
        }

        var decision = analysis is null ? Failed(day, cycle, error!) : Decide(day, inputs!, analysis);
        if (Ist.TimeOf(cycle) == _settings.SummaryTime)
        {
            decision = Tell(decision, OptionMessages.EndOfDay(decision, analysis, cycle, _time.GetUtcNow()));
        }

        decision = decision with { LastRun = cycle };
        var row = analysis is null ? null : OptionWorkbook.RowOf(analysis, [.. decision.Decided.Select(static alert => alert.Key)]);
        await _store.PutAsync(decision, row, cancellation);
        (_today, _isTold) = (decision, false);
        var sent = await RaiseAsync(decision, cancellation);
        _isTold = true;
        var errors = (analysis is null ? 1 : 0) + (inputs?.Problems.Count ?? 0) + await WriteAsync(cycle, row, cancellation);
        return new CycleResult(1, analysis is null ? 0 : 1)
        {
            AlertsSent = sent,
            Errors = errors,
            OiStocks = inputs?.Future is null ? 0 : 1,
            Note = error is null ? analysis!.Signal : "ERROR: " + error,
        };
    }

    // Kept in memory between cycles, so that nothing delays the ask that the other monitors of the minute share; the data directory has one process.
    private async ValueTask<OptionDay> TodayAsync(DateOnly day, CancellationToken cancellation)
    {
        if (_today is null || _today.Date != day)
        {
            _today = await _store.DayAsync(day, cancellation);
            _isTold = _today.Decided.Count == 0;
        }

        return _today;
    }

    private OptionDay Decide(OptionDay day, OptionInputs inputs, OptionAnalysis analysis)
    {
        var now = _time.GetUtcNow();
        day = day with { Decided = [] };
        if (Ist.TimeOf(inputs.Cycle) == _settings.EntryTime)
        {
            return Tell(analysis.Signal == "SELL" ? day.Entered(analysis) : day, OptionMessages.Entry(analysis, now));
        }

        if (day.Stage != PositionStage.Entered)
        {
            return analysis.Signal == "SELL" && analysis.TotalScore >= _settings.Position.AddScore ? Tell(day.Entered(analysis), OptionMessages.Late(analysis, now)) : day;
        }

        var check = new PositionCheck(
            inputs.Cycle, analysis.ComparableScore, analysis.NiftySpot, analysis.Vix, analysis.MarketRegime, analysis.OiPatternName,
            [.. day.Layers.Select(layer => layer.Legs.Premium(inputs.Options))]);
        day = day with { LastCheck = check };
        var exit = PositionJudge.Exit(day.Entry!, analysis, _settings.Position);
        var profit = check.ProfitAndLoss(day.Layers);
        switch (exit.Signal)
        {
            case "EXIT_NOW":
                return Tell(day.Left(new PositionExit(check, exit.Urgency, exit.Reasons, profit)), OptionMessages.Exit(analysis, exit, day.Entry!, profit, now));
            case "CONSIDER_EXIT":
                return Tell(day, OptionMessages.Exit(analysis, exit, day.Entry!, profit, now));
        }

        if (!PositionJudge.CanAdd(day.Layers, inputs.Cycle, _settings.Position))
        {
            return day;
        }

        var add = PositionJudge.Add(day.Layers, analysis, _settings.Position);
        return add.Signal == "ADD_POSITION" ? Tell(day.Added(analysis), OptionMessages.Add(analysis, day.Layers.Count + 1, add, now)) : day;
    }

    // Nothing is recorded of a run without prices, but the entry run always tells what it came to.
    private OptionDay Failed(OptionDay day, DateTimeOffset cycle, string error)
    {
        day = day with { Decided = [] };
        return Ist.TimeOf(cycle) == _settings.EntryTime ? Tell(day, OptionMessages.Failed(cycle, error, _time.GetUtcNow())) : day;
    }

    private static OptionDay Tell(OptionDay day, Alert alert) => day with { Decided = [.. day.Decided, alert] };

    // The day's first open interest and the regime are kept, so that a restart changes no advice.
    private OptionDay Remember(OptionDay day, OptionInputs inputs)
    {
        if (inputs.Future is { } future && !day.FirstOi.ContainsKey(future.Name))
        {
            day = day with { FirstOi = new Dictionary<string, long>(day.FirstOi, StringComparer.Ordinal) { [future.Name] = future.Quote.Oi } };
        }

        return day.Regime is null || inputs.Cycle - day.RegimeAt >= _settings.RegimeKept
            ? day with { Regime = OptionStatistics.Regime(OptionAnalyser.WithToday(inputs.Season, inputs), _settings.Vetoes), RegimeAt = inputs.Cycle }
            : day;
    }

    private static long FirstOi(OptionDay day, OptionInputs inputs) => inputs.Future is { } future ? day.FirstOi.GetValueOrDefault(future.Name) : 0;

    private async ValueTask<int> RaiseAsync(OptionDay day, CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var alert in day.Decided)
        {
            sent += await _alerts.RaiseAsync(alert, cancellation) ? 1 : 0;
        }

        return sent;
    }

    private async ValueTask<int> WriteAsync(DateTimeOffset cycle, OptionRow? row, CancellationToken cancellation)
    {
        if (row is null || _settings.WorkbookDirectory is not { } directory || _desk is null)
        {
            return 0;
        }

        try
        {
            var day = Ist.DayOf(cycle);
            await OptionWorkbook.WriteAsync(directory, _store, _desk, day.Year, day.Month, cancellation);
            return 0;
        }
        catch (IOException)
        {
            // Open elsewhere, or no room: the records hold everything, and the next run brings the file up to date.
            return 1;
        }
    }
}
