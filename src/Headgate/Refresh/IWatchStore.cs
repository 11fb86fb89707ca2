namespace Headgate.Refresh;

/// <summary>Watches and pinned strategies that outlive the process.</summary>
/// <remarks>Thread-safe. A completed write is durable.</remarks>
public interface IWatchStore
{
    /// <summary>Everything kept, watches in order of name.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    ValueTask<StoredWatches> LoadAsync(CancellationToken cancellation);

    /// <summary>Keeps a watch, in the place of one of the same name.</summary>
    /// <exception cref="IOException">It could not be made durable.</exception>
    ValueTask PutAsync(Watch watch, CancellationToken cancellation);

    /// <summary>Forgets a watch; false when there was none.</summary>
    /// <exception cref="IOException">It could not be made durable.</exception>
    ValueTask<bool> RemoveAsync(string name, CancellationToken cancellation);

    /// <summary>Keeps the strategy a provider is pinned to, or with null forgets it; the empty name stands for all providers.</summary>
    /// <exception cref="IOException">It could not be made durable.</exception>
    ValueTask PutPinAsync(string provider, RefreshStrategy? strategy, CancellationToken cancellation);
}

/// <summary>What a watch store holds.</summary>
/// <param name="Watches">In order of name (ordinal).</param>
/// <param name="Pins">Strategies by provider; the empty name stands for all.</param>
public sealed record StoredWatches(IReadOnlyList<Watch> Watches, IReadOnlyList<KeyValuePair<string, RefreshStrategy>> Pins);
