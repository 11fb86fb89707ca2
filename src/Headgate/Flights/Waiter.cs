using System.Threading.Tasks.Sources;

namespace Headgate.Flights;

/// <summary>One demand waiting for several flights: woken directly when the last has landed, at its deadline, or when its asker leaves. Awaited once.</summary>
/// <remarks>
/// A source of its own, awaited by nobody but its demand, instead of Task.WhenAll and WaitAsync: those finish through the thread pool
/// when their tasks may not run continuations inline, and a demand in virtual time must stay on its thread.
/// </remarks>
internal sealed class Waiter : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _woken = new() { RunContinuationsAsynchronously = true };
    private int _isWoken;

    // One more than the flights out, until boarding is over: a flight that lands meanwhile must not wake a demand that is still counting.
    private int _open = 1;

    public bool IsWoken => Volatile.Read(ref _isWoken) != 0;

    /// <summary>One more flight to wait for.</summary>
    public void Expect() => Interlocked.Increment(ref _open);

    /// <summary>A flight has landed, or boarding is over.</summary>
    public void Landed()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            Wake();
        }
    }

    /// <summary>Ends the wait, whatever is still out.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0)
        {
            _woken.SetResult(true);
        }
    }

    /// <summary>Waits until everything has landed, the time is over, or the asker leaves; which of them it was is for the caller to see.</summary>
    public ValueTask WaitAsync(DeadlineBook deadlines, EngineTime deadline, CancellationToken cancellation)
    {
        if (IsWoken)
        {
            return ValueTask.CompletedTask;
        }

        deadlines.Add(this, deadline);
        return cancellation.CanBeCanceled ? WaitOrLeaveAsync(cancellation) : new ValueTask(this, _woken.Version);
    }

    void IValueTaskSource.GetResult(short token) => _woken.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _woken.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _woken.OnCompleted(continuation, state, token, flags);

    private async ValueTask WaitOrLeaveAsync(CancellationToken cancellation)
    {
        await using var leaving = cancellation.UnsafeRegister(static state => ((Waiter)state!).Wake(), this);
        await new ValueTask(this, _woken.Version);
    }
}
