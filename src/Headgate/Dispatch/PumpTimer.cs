namespace Headgate.Dispatch;

/// <summary>The dispatcher's one timer: wakes the pump when the first of what waits may be sent or must be refused.</summary>
internal sealed class PumpTimer : IDisposable
{
    private readonly Lock _gate;
    private readonly Action _pump;
    private readonly ITimer _timer;
    private EngineTime _wakeAt = EngineTime.Never;

    /// <param name="gate">The dispatcher's lock.</param>
    /// <param name="clock">Whose timers.</param>
    /// <param name="pump">Called without the lock.</param>
    public PumpTimer(Lock gate, EngineClock clock, Action pump)
    {
        _gate = gate;
        _pump = pump;
        _timer = clock.Time.CreateTimer(static state => ((PumpTimer)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets it for the next moment at which anything changes by itself.</summary>
    public void ArmNeedsLock(WorkQueue queue, EngineTime now)
    {
        var wake = EngineTime.Never;
        foreach (var group in queue.Groups)
        {
            var room = group.ReadyAt(urgent: false, now);
            var urgentRoom = group.ReadyAt(urgent: true, now);
            var roundTrip = group.Health.RoundTrip;
            foreach (var work in group.Queue)
            {
                var ready = EngineTime.Max(work.NotBefore, work.Urgency.IsUrgent ? urgentRoom : room);
                wake = EngineTime.Min(wake, EngineTime.Min(work.TooLateAt(roundTrip), ready));
            }
        }

        if (wake == EngineTime.Never || wake == _wakeAt)
        {
            return;
        }

        _wakeAt = wake;
        // Timers count whole milliseconds; waking early would only spin.
        var due = Math.Max(1, Math.Ceiling((wake - now).TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(Math.Min(due, int.MaxValue - 1.0)), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        lock (_gate)
        {
            _wakeAt = EngineTime.Never;
        }

        _pump();
    }
}
