namespace Headgate.Storage.Sqlite;

/// <summary>Bounds and behaviour of the entry store.</summary>
public sealed record EntryStoreOptions
{
    /// <summary>Answers and items: default 1 GiB, 7 days.</summary>
    public KindBounds Entries { get; init; } = new(1L << 30, TimeSpan.FromDays(7));

    /// <summary>Negative results: default 16 MiB, 1 day.</summary>
    public KindBounds Negative { get; init; } = new(16L << 20, TimeSpan.FromDays(1));

    /// <summary>History: default 2 GiB, 400 days.</summary>
    public KindBounds History { get; init; } = new(2L << 30, TimeSpan.FromDays(400));

    /// <summary>Whether an endpoint (<c>provider.endpoint</c>) stores history; default: its name contains <c>historical</c> or <c>candles</c>.</summary>
    public Func<string, bool> IsHistory { get; init; } = static endpoint =>
        endpoint.Contains("historical", StringComparison.Ordinal) || endpoint.Contains("candles", StringComparison.Ordinal);

    /// <summary>How long a write waits for company; at most 100 ms, default 50 ms.</summary>
    public TimeSpan WriteDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Entries waiting to be written, at most; beyond, the oldest waiting one is given up. Default 16,384.</summary>
    public int QueueMax { get; init; } = 16_384;

    /// <summary>Bytes waiting to be written, at most; beyond, the oldest waiting ones are given up. Default 128 MiB.</summary>
    public long QueueBytesMax { get; init; } = 128L << 20;

    /// <summary>Larger bodies are files of their own under <c>bodies/</c>. Default 256 KiB.</summary>
    public int InlineBytesMax { get; init; } = 256 << 10;

    /// <summary>What <c>cache_metadata</c> tells operators as <c>ttl_seconds</c> (<c>QUOTE_CACHE_TTL_SECONDS</c>). Default 60.</summary>
    public int QuoteTtlSeconds { get; init; } = 60;

    /// <summary>Hears in one sentence when a corrupt cache was replaced; null for nobody.</summary>
    public Action<string>? Log { get; init; }

    internal KindBounds BoundsOf(EntryKind kind) => kind switch
    {
        EntryKind.Negative => Negative,
        EntryKind.History => History,
        _ => Entries,
    };

    internal EntryKind KindOf(Caching.Entry entry) =>
        entry.IsNegative ? EntryKind.Negative : IsHistory(entry.Key.Endpoint) ? EntryKind.History : EntryKind.Entries;
}
