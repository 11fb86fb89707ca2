using System.Runtime.ExceptionServices;

namespace Headgate.Desk.Waiting;

/// <summary>Waits for several tasks, or for one within a time, by awaiting them directly.</summary>
/// <remarks>
/// <c>Task.WhenAll</c> and <c>Task.WaitAsync</c> of the framework pass through the thread pool when what they wait for is completed asynchronously, and a simulated
/// run would no longer replay.
/// </remarks>
internal static class Together
{
    /// <summary>Ends when all have ended; then throws what the first of them threw.</summary>
    public static async Task AllAsync(IReadOnlyList<Task> tasks)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var task in tasks)
        {
            try
            {
                await task;
            }
            catch (Exception problem)
            {
                first ??= ExceptionDispatchInfo.Capture(problem);
            }
        }

        first?.Throw();
    }

    /// <summary>Runs loops side by side until cancelled; returns then. One that throws ends the others at once, and what it threw is thrown when they have ended.</summary>
    public static async Task LoopsAsync(IReadOnlyList<Func<CancellationToken, Task>> loops, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? first = null;
        await AllAsync([.. loops.Select(LoopAsync)]);
        first?.Throw();

        async Task LoopAsync(Func<CancellationToken, Task> loop)
        {
            try
            {
                await loop(end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Its end was asked for, by the caller or by another one's failure.
            }
            catch (Exception problem)
            {
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(problem), null);

                // Not CancelAsync, which passes through the thread pool.
                end.Cancel();
            }
        }
    }

    /// <summary>Their results in order; throws like <see cref="AllAsync(IReadOnlyList{Task})"/>.</summary>
    public static async Task<T[]> AllAsync<T>(IReadOnlyList<Task<T>> tasks)
    {
        await AllAsync((IReadOnlyList<Task>)tasks);
        return [.. tasks.Select(static task => task.Result)];
    }

    /// <summary>Waits for a task, however it ends, for a while. The task goes on.</summary>
    /// <returns>Whether it has ended.</returns>
    /// <exception cref="OperationCanceledException">Who waits left.</exception>
    public static async ValueTask<bool> WithinAsync(Task task, TimeSpan most, TimeProvider time, CancellationToken cancellation)
    {
        if (task.IsCompleted)
        {
            return true;
        }

        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var leave = cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), over);
        await using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), over, most, Timeout.InfiniteTimeSpan);
        _ = FollowAsync(task, over);
        await over.Task;
        return task.IsCompleted;
    }

    /// <summary>Its result, or the end of waiting for it. The task goes on.</summary>
    /// <exception cref="OperationCanceledException">Who waits left.</exception>
    public static async ValueTask<T> OrLeaveAsync<T>(Task<T> task, CancellationToken cancellation)
    {
        if (!task.IsCompleted && cancellation.CanBeCanceled)
        {
            var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var leave = cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), over);
            _ = FollowAsync(task, over);
            await over.Task;
        }

        return await task;
    }

    private static async Task FollowAsync(Task task, TaskCompletionSource over)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // How it ended is for those who read its result; here only that it has.
        }

        over.TrySetResult();
    }
}
