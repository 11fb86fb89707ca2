namespace Headgate.Reports;

/// <summary>Tells whoever watches what the engine decides. Costs one read of a field while nobody does, and nothing on the hit path ever. Thread-safe.</summary>
/// <remarks>The engine never waits for a watcher: each has a bounded queue, loses what does not fit, and is told how much.</remarks>
public sealed class EngineEvents
{
    /// <summary>Watchers at once, at most.</summary>
    public const int SubscribersMax = 64;

    private readonly Lock _gate = new();
    private EventSubscription[] _subscriptions = [];

    /// <summary>Does anybody watch? Whoever publishes asks first, so that nothing is written for nobody.</summary>
    internal bool IsWatched => Volatile.Read(ref _subscriptions).Length > 0;

    /// <summary>Watches from now on; dispose the subscription to end it. Null when <see cref="SubscribersMax"/> watch already.</summary>
    /// <param name="capacity">Events that may wait for the watcher, 1 or more.</param>
    public EventSubscription? Subscribe(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        lock (_gate)
        {
            if (_subscriptions.Length >= SubscribersMax)
            {
                return null;
            }

            var subscription = new EventSubscription(this, capacity);
            Volatile.Write(ref _subscriptions, [.. _subscriptions, subscription]);
            return subscription;
        }
    }

    internal void Publish(EngineEvent happened)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Offer(happened);
        }
    }

    internal void Remove(EventSubscription subscription)
    {
        lock (_gate)
        {
            Volatile.Write(ref _subscriptions, [.. _subscriptions.Where(other => !ReferenceEquals(other, subscription))]);
        }
    }
}
