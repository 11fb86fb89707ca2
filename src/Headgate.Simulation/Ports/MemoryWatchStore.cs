using Headgate.Refresh;

namespace Headgate.Simulation;

/// <summary>Watches in memory: as durable as the object. Thread-safe.</summary>
public sealed class MemoryWatchStore : IWatchStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Watch> _watches = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, RefreshStrategy> _pins = new(StringComparer.Ordinal);

    /// <summary>Set to false for a full disk: writes throw and change nothing.</summary>
    public bool IsHealthy { get; set; } = true;

    public ValueTask<StoredWatches> LoadAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(new StoredWatches([.. _watches.Values], [.. _pins]));
        }
    }

    public ValueTask PutAsync(Watch watch, CancellationToken cancellation) => Write(() =>
    {
        _watches[watch.Name] = watch;
        return true;
    }).AsVoid();

    public ValueTask<bool> RemoveAsync(string name, CancellationToken cancellation) => Write(() => _watches.Remove(name)).Value();

    public ValueTask PutPinAsync(string provider, RefreshStrategy? strategy, CancellationToken cancellation) => Write(() =>
    {
        if (strategy is { } pinned)
        {
            _pins[provider] = pinned;
            return true;
        }

        return _pins.Remove(provider);
    }).AsVoid();

    private Written Write(Func<bool> write)
    {
        lock (_gate)
        {
            return IsHealthy ? new Written(write(), null) : new Written(false, new IOException("watches (in memory): the disk is full."));
        }
    }

    private readonly record struct Written(bool Result, IOException? Problem)
    {
        public ValueTask AsVoid() => Problem is null ? ValueTask.CompletedTask : ValueTask.FromException(Problem);

        public ValueTask<bool> Value() => Problem is null ? ValueTask.FromResult(Result) : ValueTask.FromException<bool>(Problem);
    }
}
