namespace Headgate.Desk.Alerts;

/// <summary>A wait that ends by time, by a word or by cancellation, whichever is first.</summary>
/// <remarks>
/// It is awaited directly, never through <c>WaitAsync</c> or <c>WhenAny</c> of the framework: those pass through the thread pool, and a simulated run would no
/// longer replay.
/// </remarks>
internal sealed class Pause
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void End() => _over.TrySetResult();

    /// <param name="most">Longest wait; null waits for the word alone.</param>
    /// <param name="time">Whose timers.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask WaitAsync(TimeSpan? most, TimeProvider time, CancellationToken cancellation)
    {
        await using var leave = cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), _over);
        if (most is not { } span)
        {
            await _over.Task;
            return;
        }

        // Timers are whole milliseconds: never wait for nothing.
        var wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(span.TotalMilliseconds)));
        await using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), _over, wait, Timeout.InfiniteTimeSpan);
        await _over.Task;
    }
}
