namespace Headgate.Simulation;

/// <summary>
/// A world's clock and its one thread: a pump that runs what is ready, and when nothing is, jumps to the next timer. Continuations and timers
/// live in one order, so a run depends on nothing but its inputs and replays bit for bit.
/// </summary>
/// <remarks>
/// <para>
/// As a <see cref="TimeProvider"/> it is the clock of the world at large. <see cref="Step"/> moves the wall clock alone, as an operator or NTP does;
/// time itself only passes by timers (<see cref="Advance"/>, or the pump jumping ahead). What belongs to a process that may be killed runs on a
/// <see cref="VirtualProcess"/> of its own.
/// </para>
/// <para>Not thread-safe, by design: a post from a foreign thread is counted, and <see cref="Run"/> fails when there was one (determinism.md).</para>
/// </remarks>
public sealed class VirtualTime : TimeProvider
{
    /// <summary>
    /// The frequency of the ACPI timer, 3,579,545 Hz: coarser than a tick and a divisor of nothing, so that code which takes a timestamp for ticks, or
    /// waits until a timestamp equals its due time, shows.
    /// </summary>
    public const long Frequency = 3_579_545;

    // A world that runs this many continuations without time passing is busy-waiting.
    private const int StandstillMax = 1_000_000;

    private readonly ReadyQueue _ready;
    private readonly TimerQueue _timers = new();
    private readonly List<string> _waiting = [];
    private readonly DateTimeOffset _start;
    private TimeSpan _wallOffset;
    private int _standstill;
    private bool _pumping;

    /// <param name="start">The wall clock at the beginning.</param>
    /// <param name="shuffle">When given, what is ready runs in an order drawn from it instead of first come, first served: any order is legal on a thread pool.</param>
    public VirtualTime(DateTimeOffset start, Random? shuffle = null)
    {
        _start = start.ToUniversalTime();
        _ready = new ReadyQueue(shuffle);
        World = new VirtualContext(_ready, null);
    }

    /// <summary>A world that begins on 2026-11-20 at 04:00 UTC, a Friday after the Indian market's open.</summary>
    public VirtualTime()
        : this(new DateTimeOffset(2026, 11, 20, 4, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Time passed since the beginning, in ticks; never stepped.</summary>
    public long Elapsed { get; private set; }

    /// <summary>True time: what a perfect clock would show, whatever <see cref="Step"/> did to the machine's.</summary>
    public DateTimeOffset TrueNow => _start.AddTicks(Elapsed);

    /// <summary>How far the machine's wall clock is from true time.</summary>
    public TimeSpan WallOffset => _wallOffset;

    /// <summary>What happened, as a running hash.</summary>
    public EventLog Log { get; } = new();

    /// <summary>Posts from threads other than the pump's; anything but 0 means the run cannot be trusted to replay.</summary>
    public int ForeignPosts => _ready.ForeignPosts;

    /// <summary>Continuations and timers run so far.</summary>
    public long Events { get; private set; }

    public override long TimestampFrequency => Frequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    internal VirtualContext World { get; }

    /// <summary>Runs a task to its end, jumping from timer to timer. Must not be called from within a run.</summary>
    /// <exception cref="VirtualDeadlockException">Nothing is ready, no timer is set and the task is not complete.</exception>
    /// <exception cref="ForeignThreadException">Some continuation arrived from another thread.</exception>
    public void Run(Func<Task> main)
    {
        Enter(() =>
        {
            var task = main();
            while (!task.IsCompleted)
            {
                if (!Next(long.MaxValue))
                {
                    ThrowIfForeign();
                    throw new VirtualDeadlockException(TrueNow, _waiting);
                }
            }

            task.GetAwaiter().GetResult();
        });
        ThrowIfForeign();
    }

    /// <summary>Runs a task to its end and returns its result.</summary>
    public T Run<T>(Func<Task<T>> main)
    {
        T result = default!;
        Run(async () => { result = await main(); });
        return result;
    }

    /// <summary>Lets time pass: runs what is ready and every timer due within the span. Must not be called from within a run; await <see cref="Delay"/> there.</summary>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        var end = Elapsed + span.Ticks;
        Enter(() =>
        {
            while (Next(end))
            {
            }

            Elapsed = end;
        });
        ThrowIfForeign();
    }

    /// <summary>Moves the machine's wall clock; no time passes and no timer fires.</summary>
    public void Step(TimeSpan by)
    {
        _wallOffset += by;
        Log.Add("step", by.Ticks, _wallOffset.Ticks);
    }

    /// <summary>Completes after exactly this much virtual time (<see cref="Task.Delay(TimeSpan, TimeProvider)"/> drops what is less than a millisecond).</summary>
    public async Task Delay(TimeSpan span, CancellationToken cancellation = default)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), passed, span, Timeout.InfiniteTimeSpan);
        await using var leave = cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), passed);
        await passed.Task;
    }

    /// <summary>Names something that is waited for, so that a deadlock can say what never came. Dispose it when it came.</summary>
    public IDisposable Waiting(string what)
    {
        _waiting.Add(what);
        return new Awaited(_waiting, what);
    }

    public override DateTimeOffset GetUtcNow() => TrueNow + _wallOffset;

    public override long GetTimestamp() => ToTimestamp(Elapsed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(this, World, callback, state, dueTime, period);

    internal static long ToTimestamp(long ticks)
    {
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        return (seconds * Frequency) + (rest * Frequency / TimeSpan.TicksPerSecond);
    }

    internal VirtualContext NewContext(VirtualProcess owner) => new(_ready, owner);

    internal long Schedule(VirtualTimer timer, long dueTicks) => _timers.Add(timer, dueTicks);

    private bool Next(long until)
    {
        if (_ready.TryTake(out var work))
        {
            if (++_standstill > StandstillMax)
            {
                throw new InvalidOperationException($"{StandstillMax} continuations ran at {TrueNow:O} and time does not pass: something is busy-waiting.");
            }

            Events++;
            SynchronizationContext.SetSynchronizationContext(work.Context);
            work.Callback(work.State);
            return true;
        }

        if (!_timers.TryTake(until, out var timer, out var due, out var sequence))
        {
            return false;
        }

        if (due > Elapsed)
        {
            Elapsed = due;
            _standstill = 0;
        }

        Events++;
        Log.Add(sequence, due);
        SynchronizationContext.SetSynchronizationContext(timer.Context);
        timer.Fire(due);
        return true;
    }

    private void Enter(Action pump)
    {
        if (_pumping)
        {
            throw new InvalidOperationException("The pump is running already; await Delay inside a run.");
        }

        var outer = SynchronizationContext.Current;
        _pumping = true;
        _ready.AdoptThread();
        SynchronizationContext.SetSynchronizationContext(World);
        try
        {
            pump();
        }
        finally
        {
            _pumping = false;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void ThrowIfForeign()
    {
        if (ForeignPosts > 0)
        {
            throw new ForeignThreadException(ForeignPosts);
        }
    }

    private sealed class Awaited(List<string> waiting, string what) : IDisposable
    {
        public void Dispose() => waiting.Remove(what);
    }
}
