namespace Headgate.Flights;

/// <summary>One demand waiting for several flights: woken directly when the last has landed, at its deadline, or when its asker leaves.</summary>
/// <remarks>
/// A source of its own, awaited by nobody but its demand, instead of Task.WhenAll and WaitAsync: those finish through the thread pool
/// when their tasks may not run continuations inline, and a demand in virtual time must stay on its thread.
/// </remarks>
internal sealed class Waiter
{
    private readonly TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One more than the flights out, until boarding is over: a flight that lands meanwhile must not wake a demand that is still counting.
    private int _open = 1;

    /// <summary>One more flight to wait for.</summary>
    public void Expect() => Interlocked.Increment(ref _open);

    /// <summary>A flight has landed, or boarding is over.</summary>
    public void Landed()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _woken.TrySetResult();
        }
    }

    /// <summary>Waits until everything has landed, the time is over, or the asker leaves; which of them it was is for the caller to see.</summary>
    public async ValueTask WaitAsync(TimeSpan left, TimeProvider time, CancellationToken cancellation)
    {
        if (_woken.Task.IsCompleted)
        {
            return;
        }

        await using var timer = time.CreateTimer(
            static state => ((Waiter)state!)._woken.TrySetResult(), this, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await using var leaving = cancellation.UnsafeRegister(static state => ((Waiter)state!)._woken.TrySetResult(), this);
        await _woken.Task;
    }
}
