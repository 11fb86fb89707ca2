namespace Headgate.Flights;

/// <summary>Wakes waiters at their deadlines by one timer: a timer each costs more than the wait of a demand that joins a flight. Thread-safe.</summary>
internal sealed class DeadlineBook : IDisposable
{
    // System timers count whole milliseconds and round down; what is due within the next one has waited long enough.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly EngineClock _clock;
    private readonly PriorityQueue<Waiter, (EngineTime At, long Arrival)> _waiting = new();
    private readonly ITimer _timer;
    private EngineTime _armedFor = EngineTime.Never;
    private long _arrivals;

    // At this many it is worth looking who still waits; then at twice as many as do.
    private int _sweepAt = 256;

    public DeadlineBook(EngineClock clock)
    {
        _clock = clock;
        _timer = clock.Time.CreateTimer(static state => ((DeadlineBook)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waiters held, some of whom may have been woken by now.</summary>
    public int Count => _waiting.Count;

    /// <summary>Wakes the waiter then, unless it was woken before.</summary>
    public void Add(Waiter waiter, EngineTime at)
    {
        lock (_gate)
        {
            if (_waiting.Count >= _sweepAt)
            {
                SweepNeedsLock();
            }

            _waiting.Enqueue(waiter, (at, ++_arrivals));
            ArmNeedsLock(_clock.Now);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        List<Waiter> due = [];
        lock (_gate)
        {
            _armedFor = EngineTime.Never;
            var now = _clock.Now;
            while (_waiting.TryPeek(out var waiter, out var deadline) && deadline.At <= now + Grain)
            {
                due.Add(waiter);
                _waiting.Dequeue();
            }

            ArmNeedsLock(now);
        }

        due.ForEach(static waiter => waiter.Wake());
    }

    private void ArmNeedsLock(EngineTime now)
    {
        if (_waiting.TryPeek(out _, out var first) && first.At < _armedFor)
        {
            _armedFor = first.At;
            _timer.Change(first.At > now ? first.At - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Forgets who was woken by an answer: nearly everybody is, long before the deadline.</summary>
    private void SweepNeedsLock()
    {
        var waiting = _waiting.UnorderedItems.Where(static item => !item.Element.IsWoken).ToList();
        _waiting.Clear();
        _waiting.EnqueueRange(waiting);
        _sweepAt = Math.Max(256, waiting.Count * 2);
    }
}
