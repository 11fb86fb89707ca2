namespace Headgate.Desk.Alerts;

/// <summary>An alert this process is delivering. Thread-safe.</summary>
/// <param name="alert">The alert.</param>
/// <param name="channels">Channels that have to be done with it.</param>
/// <param name="done">Told when all are.</param>
internal sealed class OpenAlert(Alert alert, int channels, Action<OpenAlert> done)
{
    private readonly Lock _gate = new();
    private readonly List<Pause> _waiters = [];
    private int _left = channels;
    private bool? _isSent;

    public Alert Alert => alert;

    /// <summary>Tells whether the main channel took it at the first opportunity; the first word counts.</summary>
    public void Tell(bool isSent)
    {
        Pause[] waiters;
        lock (_gate)
        {
            _isSent ??= isSent;
            waiters = [.. _waiters];
            _waiters.Clear();
        }

        foreach (var waiter in waiters)
        {
            waiter.End();
        }
    }

    /// <summary>Whether the main channel took it; false when that is not known in time.</summary>
    public async ValueTask<bool> MainAsync(TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        var pause = new Pause();
        lock (_gate)
        {
            if (_isSent is { } known)
            {
                return known;
            }

            _waiters.Add(pause);
        }

        await pause.WaitAsync(within, time, cancellation);
        lock (_gate)
        {
            _waiters.Remove(pause);
            return _isSent ?? false;
        }
    }

    /// <summary>One channel has nothing more to do.</summary>
    public void Close()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            done(this);
        }
    }
}
