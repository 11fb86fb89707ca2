namespace Headgate;

/// <summary>Bounds of the engine. Every value has a default that suits one machine and a fleet of some hundred clients.</summary>
public sealed record EngineOptions
{
    /// <summary>Bytes of entries held in memory; default 256 MiB.</summary>
    public long MemoryBytesMax { get; init; } = 256L << 20;

    /// <summary>Bytes of candle history held in memory; what falls out is read again from the history store. Default 128 MiB.</summary>
    public long HistoryBytesMax { get; init; } = 128L << 20;

    /// <summary>How long simultaneous asks of one batched endpoint gather before a call leaves; 0 for urgent ones. Default 5 ms.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Items waiting per provider before new ones are refused with 503; default 10,000.</summary>
    public int QueueMax { get; init; } = 10_000;

    /// <summary>A waiting demand gains one level of urgency each time it has waited this long; default 2 s.</summary>
    public TimeSpan AgeStep { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an accepted credential is entitled to shared entries of a class; default 24 h.</summary>
    public TimeSpan EntitlementLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Calendar windows roll this long after the provider's own reset; default 5 s.</summary>
    public TimeSpan CalendarGuard { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Explanations kept; default 4,096.</summary>
    public int ExplanationsMax { get; init; } = 4_096;

    /// <summary>Bytes of one response body kept in memory while it streams to its readers; default 64 MiB.</summary>
    public long StreamBytesMax { get; init; } = 64L << 20;

    /// <summary>Bodies with at least this many bytes stream instead of being read whole first; default 256 KiB.</summary>
    public int StreamFrom { get; init; } = 256 << 10;

    /// <summary>Serve only what is held; every call is refused.</summary>
    public bool Offline { get; init; }

    /// <summary>Providers that may be called, by their names in the catalogue; calls to others are refused as offline. Null, the default, is all of them.</summary>
    public IReadOnlySet<string>? CallOnly { get; init; }

    /// <summary>As they hold for one provider.</summary>
    internal EngineOptions For(string provider) =>
        Offline || CallOnly is null || CallOnly.Contains(provider) ? this with { CallOnly = null } : this with { Offline = true };
}
