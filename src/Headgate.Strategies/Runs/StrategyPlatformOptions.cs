using System.ComponentModel.DataAnnotations;

namespace Headgate.Strategies.Runs;

/// <summary>Settings of the strategy platform.</summary>
public sealed class StrategyPlatformOptions
{
    /// <summary>Folder of bhavcopy.db, runs.db and quartz.db. Default data/strategies.</summary>
    [Required]
    public string DataDirectory { get; set; } = Path.Combine("data", "strategies");

    /// <summary>Folder of the user's *.yaml strategies; null or absent for none.</summary>
    public string? DefinitionFolder { get; set; }

    /// <summary>Folder of the user's strategy assemblies; null or absent for none. Their code runs in this process.</summary>
    public string? PluginFolder { get; set; }

    /// <summary>Where closes of the underlyings come from: store (default), what was imported; kite, Kite Connect asked through the gate.</summary>
    [AllowedValues("store", "kite")]
    public string Spot { get; set; } = "store";

    /// <summary>memory (default), redis or disabled.</summary>
    [AllowedValues("memory", "redis", "disabled")]
    public string Cache { get; set; } = "memory";

    /// <summary>How long a result answers again, in seconds. Default 3600.</summary>
    [Range(1, 604_800)]
    public int CacheTtlSeconds { get; set; } = 3600;

    /// <summary>REDIS_HOST of the replaced platform. Default localhost.</summary>
    public string RedisHost { get; set; } = "localhost";

    /// <summary>REDIS_PORT. Default 6379.</summary>
    [Range(1, 65535)]
    public int RedisPort { get; set; } = 6379;

    /// <summary>REDIS_DB. Default 0.</summary>
    [Range(0, 1024)]
    public int RedisDb { get; set; }

    /// <summary>Jobs running at once. Default 2.</summary>
    [Range(1, 64)]
    public int JobConcurrency { get; set; } = 2;

    /// <summary>After this many seconds a run is asked to stop. Default 3300.</summary>
    [Range(1, 86_400)]
    public int SoftLimitSeconds { get; set; } = 3300;

    /// <summary>After this many seconds a job that did not stop is abandoned and failed; above the soft limit. Default 3600.</summary>
    [Range(1, 86_400)]
    public int HardLimitSeconds { get; set; } = 3600;

    /// <summary>How long ended jobs stay listed, in seconds. Default 86400. Their executions stay.</summary>
    [Range(60, 31_536_000)]
    public int JobsKeptSeconds { get; set; } = 86_400;

    /// <summary>Waits before the tries after a transient failure, in seconds. Default 2, 4, 8.</summary>
    public IReadOnlyList<int> RetryDelaysSeconds { get; set; } = [2, 4, 8];

    /// <summary>Most jobs that may wait or run at once; a submission beyond is refused. Default 1000.</summary>
    [Range(1, 1_000_000)]
    public int OpenJobsMax { get; set; } = 1000;

    /// <summary>Whether jobs run in this process; false for tools that only read and submit. Default true.</summary>
    public bool RunJobs { get; set; } = true;
}
