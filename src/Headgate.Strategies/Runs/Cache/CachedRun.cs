namespace Headgate.Strategies.Runs.Cache;

/// <summary>A cached result (specification §9). Data and metadata are JSON texts.</summary>
public sealed record CachedRun(
    long ExecutionId, string Data, string Metadata, double ExecutionTimeMs, long RowCount, string? StartedAt, string? CompletedAt);
