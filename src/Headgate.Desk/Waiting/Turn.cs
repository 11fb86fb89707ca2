namespace Headgate.Desk.Waiting;

/// <summary>Lets one in at a time, in the order they came. Thread-safe.</summary>
/// <remarks>What SemaphoreSlim would be, but continuations stay on the captured context: its own waiters come back on the thread pool.</remarks>
internal sealed class Turn
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Completes when everybody before has left; dispose what it returns to leave.</summary>
    public async ValueTask<IDisposable> EnterAsync()
    {
        var mine = new Holder();
        Task before;
        lock (_lock)
        {
            before = _last;
            _last = mine.Left;
        }

        await before;
        return mine;
    }

    private sealed class Holder : IDisposable
    {
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Left => _left.Task;

        public void Dispose() => _left.TrySetResult();
    }
}
