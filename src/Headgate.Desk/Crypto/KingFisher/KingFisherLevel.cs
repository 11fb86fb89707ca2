using Headgate.Refresh;

namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>How fast a kind of record grows old (specification of the crypto caches §3).</summary>
public enum KingFisherLevel
{
    /// <summary>300 s.</summary>
    Hot,

    /// <summary>900 s; every kind without a level of its own.</summary>
    Warm,

    /// <summary>3,600 s.</summary>
    Cold,

    /// <summary>21,600 s.</summary>
    Frozen,
}

/// <summary>Levels by kind of record, and how long each lasts.</summary>
public static class KingFisherLevels
{
    /// <summary>The level of a kind; <see cref="KingFisherLevel.Warm"/> for every unknown one.</summary>
    public static KingFisherLevel Of(string type) => type switch
    {
        "liquidation_map" or "rapid_movements" => KingFisherLevel.Hot,
        "liq_ratio_longterm" or "support_resistance" => KingFisherLevel.Cold,
        "professional_report" or "historical_analysis" => KingFisherLevel.Frozen,
        _ => KingFisherLevel.Warm,
    };

    /// <summary>How long a record of that level is fresh.</summary>
    public static TimeSpan Ttl(this KingFisherLevel level) => TimeSpan.FromSeconds(level switch
    {
        KingFisherLevel.Hot => 300,
        KingFisherLevel.Cold => 3_600,
        KingFisherLevel.Frozen => 21_600,
        _ => 900,
    });

    /// <summary>How urgent a record of that level is, from critical for HOT to low for FROZEN.</summary>
    public static WatchPriority Priority(this KingFisherLevel level) => level switch
    {
        KingFisherLevel.Hot => WatchPriority.Critical,
        KingFisherLevel.Cold => WatchPriority.Medium,
        KingFisherLevel.Frozen => WatchPriority.Low,
        _ => WatchPriority.High,
    };
}
