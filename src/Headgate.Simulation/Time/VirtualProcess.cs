using System.Globalization;

namespace Headgate.Simulation;

/// <summary>
/// A process in the virtual world: its own clock view, its own continuations. <see cref="Kill"/> is <c>kill -9</c>: none of its timers and
/// continuations ever runs again, and whoever waits for it from outside gets a <see cref="ProcessKilledException"/>.
/// </summary>
public sealed class VirtualProcess : TimeProvider
{
    private readonly VirtualTime _time;
    private readonly VirtualContext _context;
    private readonly List<IPendingCall> _pending = [];
    private readonly long _bootedAt;

    /// <param name="time">The world it lives in.</param>
    /// <param name="boot">Which boot of the machine; a new number is a reboot.</param>
    /// <param name="bootedAt">World ticks (<see cref="VirtualTime.Elapsed"/>) at which that boot's monotonic clock read 0.</param>
    public VirtualProcess(VirtualTime time, int boot = 1, long bootedAt = 0)
    {
        _time = time;
        _context = time.NewContext(this);
        _bootedAt = bootedAt;
        BootId = "boot-" + boot.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Names the machine boot whose monotonic clock this reads.</summary>
    public string BootId { get; }

    public bool IsAlive { get; private set; } = true;

    public override long TimestampFrequency => VirtualTime.Frequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override long GetTimestamp() => VirtualTime.ToTimestamp(_time.Elapsed - _bootedAt);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(_time, _context, callback, state, dueTime, period);

    /// <summary>Calls into the process from outside; its continuations stay inside.</summary>
    /// <exception cref="ProcessKilledException">The process was killed before it answered (or before it was called).</exception>
    public Task<T> Run<T>(Func<Task<T>> call)
    {
        var pending = new PendingCall<T>(this);
        if (!IsAlive)
        {
            pending.Break();
            return pending.Task;
        }

        _pending.Add(pending);
        _context.Post(_ => pending.Start(call), null);
        return pending.Task;
    }

    /// <summary>Calls into the process from outside, without a result.</summary>
    public Task Run(Func<Task> call) => Run(async () =>
    {
        await call();
        return true;
    });

    /// <summary>Ends the process at once, in the middle of whatever it does.</summary>
    public void Kill()
    {
        IsAlive = false;
        foreach (var pending in _pending.ToArray())
        {
            pending.Break();
        }

        _pending.Clear();
    }

    private interface IPendingCall
    {
        void Break();
    }

    private sealed class PendingCall<T>(VirtualProcess process) : IPendingCall
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _answer.Task;

        public void Break() => _answer.TrySetException(new ProcessKilledException());

        public async void Start(Func<Task<T>> call)
        {
            try
            {
                _answer.TrySetResult(await call());
            }
            catch (Exception error)
            {
                _answer.TrySetException(error); // whatever it is belongs to the caller outside
            }
            finally
            {
                process._pending.Remove(this);
            }
        }
    }
}
