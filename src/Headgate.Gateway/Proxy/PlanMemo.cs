using System.Collections.Concurrent;
using Headgate.Catalogue;

namespace Headgate.Gateway.Proxy;

/// <summary>Plans by what they were made from, so that a repeated request is not parsed again. Bounded; thread-safe.</summary>
/// <remarks>
/// At the bound it is emptied: the next requests plan once more, which costs microseconds, while keeping order of use would cost every hit.
/// A plan is kept when its request comes a second time: clients whose every query is another would fill the memory with plans nobody asks for again,
/// 30 KB each for 200 items, and the collector would carry them all from one generation to the next (a third of such a hit's time, measured).
/// Keys hold credentials as they came; they stay in memory and are never written anywhere.
/// </remarks>
internal sealed class PlanMemo(int max)
{
    private const int SeenMask = 16_383;

    private readonly ConcurrentDictionary<Key, RequestPlan> _plans = new();

    // Hashes of requests seen lately, each in the place it falls on; a later one takes the place of an earlier. A race costs one more planning.
    private readonly int[] _seen = new int[SeenMask + 1];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <param name="provider">The running model: a reload makes new ones, so old plans are never found again.</param>
    /// <param name="method">Upper-case.</param>
    /// <param name="target">Raw, below the provider.</param>
    /// <param name="credentials">What the provider's identity rules read of the headers.</param>
    public RequestPlan? Find(ProviderModel provider, string method, string target, string credentials) =>
        _plans.TryGetValue(new Key(provider, method, target, credentials), out var plan) ? plan : null;

    public void Add(string method, string target, string credentials, RequestPlan plan)
    {
        var key = new Key(plan.Provider, method, target, credentials);
        var hash = key.GetHashCode() | 1;
        ref var seen = ref _seen[(hash >> 1) & SeenMask];
        if (seen != hash)
        {
            seen = hash;
            return;
        }

        if (Volatile.Read(ref _count) >= max)
        {
            _plans.Clear();
            Volatile.Write(ref _count, 0);
        }

        if (_plans.TryAdd(key, plan))
        {
            Interlocked.Increment(ref _count);
        }
    }

    private readonly struct Key(ProviderModel provider, string method, string target, string credentials) : IEquatable<Key>
    {
        private readonly ProviderModel _provider = provider;
        private readonly string _method = method;
        private readonly string _target = target;
        private readonly string _credentials = credentials;

        // A target of hundreds of items is several kilobytes: it is hashed once, not at each use.
        private readonly int _hash = HashCode.Combine(TargetHash.Of(target), string.GetHashCode(credentials, StringComparison.Ordinal));

        public bool Equals(Key other) =>
            ReferenceEquals(_provider, other._provider) && string.Equals(_target, other._target, StringComparison.Ordinal)
            && string.Equals(_credentials, other._credentials, StringComparison.Ordinal) && string.Equals(_method, other._method, StringComparison.Ordinal);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => _hash;
    }
}
