namespace Headgate.Reports;

/// <summary>One watcher's bounded queue of events. Offering is thread-safe; one reader.</summary>
public sealed class EventSubscription : IDisposable
{
    private readonly EngineEvents _events;
    private readonly int _capacity;
    private readonly Queue<EngineEvent> _waiting = new();
    private TaskCompletionSource? _reader;
    private long _lost;

    internal EventSubscription(EngineEvents events, int capacity) => (_events, _capacity) = (events, capacity);

    /// <summary>Waits until there is something to tell; then everything that waits, and how many events were lost before the first of them.</summary>
    /// <exception cref="OperationCanceledException">The watcher leaves.</exception>
    public async ValueTask<(IReadOnlyList<EngineEvent> Events, long Lost)> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            TaskCompletionSource wake;
            lock (_waiting)
            {
                if (_waiting.Count > 0)
                {
                    var told = ((IReadOnlyList<EngineEvent>)[.. _waiting], _lost);
                    _waiting.Clear();
                    _lost = 0;
                    return told;
                }

                wake = _reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await using var left = cancellation.Register(static state => ((TaskCompletionSource)state!).TrySetCanceled(), wake);
            await wake.Task;
        }
    }

    public void Dispose() => _events.Remove(this);

    /// <summary>Keeps the newest: a watcher who falls behind wants to know how things stand, not how they began.</summary>
    internal void Offer(EngineEvent happened)
    {
        lock (_waiting)
        {
            if (_waiting.Count == _capacity)
            {
                _waiting.Dequeue();
                _lost++;
            }

            _waiting.Enqueue(happened);
            _reader?.TrySetResult();
            _reader = null;
        }
    }
}
