using Headgate.Desk.Waiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Desk.Monitors.Hosting;

/// <summary>Runs monitors at their moments, one alone or all together. A monitor that fails harms no other.</summary>
/// <remarks>
/// Each monitor's cycles run one after another; monitors run side by side and share what the minute's first ask brought. A cycle begins within its minute or
/// not at all, and once: the last one is recorded durably. <see cref="Status"/> may be read from any thread.
/// </remarks>
public sealed class MonitorHost
{
    // The wall clock may be stepped while a timer runs, so no wait is longer than that.
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WaitNear = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<IMonitor> _monitors;
    private readonly RunBook _runs;
    private readonly SessionRules _rules;
    private readonly TimeProvider _time;
    private readonly Func<string, ILogger> _logOf;
    private readonly MonitorStatus[] _status;

    /// <param name="monitors">Whom to run; names are distinct.</param>
    /// <param name="records">Where last runs are kept.</param>
    /// <param name="rules">The calendar whose warnings are logged once a day.</param>
    /// <param name="time">Wall clock and timers.</param>
    /// <param name="logs">A log per monitor, its category <c>Headgate.Desk.</c> and the name; null logs nothing.</param>
    public MonitorHost(IReadOnlyList<IMonitor> monitors, IRecordStore records, SessionRules rules, TimeProvider time, ILoggerFactory? logs = null)
    {
        if (monitors.Select(static monitor => monitor.Name).Distinct(StringComparer.Ordinal).Count() != monitors.Count)
        {
            throw new ArgumentException("Two monitors have one name.", nameof(monitors));
        }

        _monitors = monitors;
        _runs = new RunBook(records);
        _rules = rules;
        _time = time;
        _logOf = logs is null ? static _ => NullLogger.Instance : name => logs.CreateLogger("Headgate.Desk." + name);
        _status = [.. monitors.Select(static monitor => new MonitorStatus(monitor.Name))];
    }

    /// <summary>How each monitor is doing.</summary>
    public IReadOnlyList<MonitorStatus> Status => [.. _status];

    /// <summary>Runs until cancelled; ends without an exception then.</summary>
    /// <exception cref="IOException">Last runs could not be read. Whatever a monitor's schedule throws ends all of them at once; what its cycles throw does not.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var log = _logOf("host");
        MonitorLog.Created(log);
        MonitorLog.Enabled(log, string.Join(", ", _monitors.Select(static monitor => monitor.Name)));
        var loops = Enumerable.Range(0, _monitors.Count).Select(i => (Func<CancellationToken, Task>)(end => RunAsync(i, end)));
        await Together.LoopsAsync([.. loops, end => WarnAsync(log, end)], cancellation);
    }

    /// <summary>
    /// Runs one cycle of every monitor now, unless it ran in this minute already: the moment that is due, or else this minute. The monitors themselves decide
    /// whether day and time allow it.
    /// </summary>
    public async Task<IReadOnlyList<MonitorStatus>> RunOnceAsync(CancellationToken cancellation)
    {
        foreach (var group in Enumerable.Range(0, _monitors.Count).GroupBy(i => _monitors[i].IsPerProcess).OrderByDescending(static group => group.Key))
        {
            await Together.AllAsync([.. group.Select(i => RunOnceAsync(i, cancellation))]);
        }

        return Status;
    }

    private async Task RunOnceAsync(int index, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var monitor = _monitors[index];
        var due = monitor.Moments(Ist.DayOf(now)).LastOrDefault(moment => moment <= now && now < moment + monitor.LateMax);
        var cycle = due == default ? Ist.MinuteOf(now) : due;
        if (await LastAsync(monitor, cancellation) is { } last && Ist.MinuteOf(last) >= Ist.MinuteOf(cycle))
        {
            MonitorLog.CycleNote(_logOf(monitor.Name), monitor.Name, Ist.Of(cycle), "ran already in this minute");
            _status[index] = _status[index] with { LastCycle = last };
            return;
        }

        await RunCycleAsync(index, cycle, cancellation);
    }

    private ValueTask<DateTimeOffset?> LastAsync(IMonitor monitor, CancellationToken cancellation) =>
        monitor.IsPerProcess ? default : _runs.LastAsync(monitor.Name, cancellation);

    private async Task RunAsync(int index, CancellationToken cancellation)
    {
        var monitor = _monitors[index];
        var log = _logOf(monitor.Name);
        var last = await LastAsync(monitor, cancellation);
        _status[index] = _status[index] with { LastCycle = last };

        // A moment that passed just before this process began is late, not missed.
        var after = Later(last ?? DateTimeOffset.MinValue, _time.GetUtcNow() - monitor.LateMax);
        List<DateTimeOffset> missed = [];
        while (true)
        {
            var next = Next(monitor, Later(after, _time.GetUtcNow() - TimeSpan.FromDays(1)));
            if (next is { } past && _time.GetUtcNow() >= past + monitor.LateMax)
            {
                missed.Add(past);
                after = past;
                continue;
            }

            Report(index, missed, log);
            _status[index] = _status[index] with { Next = next };
            if (next is not { } moment)
            {
                await Task.Delay(TimeSpan.FromDays(1), _time, cancellation);
                continue;
            }

            await WaitAsync(moment, cancellation);
            if (_time.GetUtcNow() < moment + monitor.LateMax)
            {
                after = moment;
                await RunCycleAsync(index, moment, cancellation);
            }
        }
    }

    // Null when there is no trading day within two weeks.
    private static DateTimeOffset? Next(IMonitor monitor, DateTimeOffset after)
    {
        var first = Ist.DayOf(after);
        for (var day = first; day <= first.AddDays(14); day = day.AddDays(1))
        {
            foreach (var moment in monitor.Moments(day))
            {
                if (moment > after && Ist.MinuteOf(moment) != Ist.MinuteOf(after))
                {
                    return moment;
                }
            }
        }

        return null;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private void Report(int index, List<DateTimeOffset> missed, ILogger log)
    {
        if (missed.Count > 0)
        {
            _status[index] = _status[index] with { Missed = _status[index].Missed + missed.Count };
            MonitorLog.CyclesMissed(log, _monitors[index].Name, missed.Count, Ist.Of(missed[0]), Ist.Of(missed[^1]));
            missed.Clear();
        }
    }

    private async Task RunCycleAsync(int index, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var monitor = _monitors[index];
        var log = _logOf(monitor.Name);
        var begun = _time.GetTimestamp();
        _status[index] = _status[index] with { IsRunning = true, LastCycle = cycle, LastEnded = null, LastResult = null, LastError = null, Runs = _status[index].Runs + 1 };
        CycleResult? result = null;
        try
        {
            result = await monitor.RunAsync(cycle, cancellation);
            MonitorLog.CycleDone(
                log, monitor.Name, Ist.Of(cycle), result.Checked, result.Total, result.DropAlerts, result.RiseAlerts, result.AlertsSent, result.Errors, result.OiStocks, (long)_time.GetElapsedTime(begun).TotalMilliseconds);
            if (result.Note is { } note)
            {
                MonitorLog.CycleNote(log, monitor.Name, Ist.Of(cycle), note);
            }
        }
        catch (Exception error) when (!(error is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            // The boundary between monitors: whatever one of them throws is recorded, and it and all others go on.
            MonitorLog.CycleFailed(log, error, monitor.Name, Ist.Of(cycle));
            _status[index] = _status[index] with { LastError = error.Message, Failures = _status[index].Failures + 1 };
        }

        var ended = _time.GetUtcNow();
        _status[index] = _status[index] with { IsRunning = false, LastEnded = ended, LastResult = result };
        try
        {
            await _runs.EndedAsync(monitor.Name, cycle, ended, result, cancellation);
        }
        catch (IOException error)
        {
            MonitorLog.RunNotRecorded(log, monitor.Name, error.Message);
        }
    }

    private async Task WaitAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        while (moment - _time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            // Timers are whole milliseconds and may be early: never wait for nothing.
            var wait = left > WaitMax ? WaitMax : left > WaitNear ? left - (WaitNear / 2) : left;
            await Task.Delay(wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait, _time, cancellation);
        }
    }

    private async Task WarnAsync(ILogger log, CancellationToken cancellation)
    {
        while (true)
        {
            foreach (var warning in _rules.Warnings(_time.GetUtcNow()))
            {
                MonitorLog.Calendar(log, warning);
            }

            await Task.Delay(TimeSpan.FromDays(1), _time, cancellation);
        }
    }
}
