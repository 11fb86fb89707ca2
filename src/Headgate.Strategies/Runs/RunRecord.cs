namespace Headgate.Strategies.Runs;

/// <summary>One execution as recorded. Instants are UTC, ISO 8601 text.</summary>
public sealed class RunRecord
{
    public long Id { get; init; }

    public string Strategy { get; init; } = "";

    public string ParametersHash { get; init; } = "";

    public string ParametersJson { get; init; } = "";

    /// <summary>pending, running, completed or failed.</summary>
    public string Status { get; init; } = "";

    public string CreatedAt { get; init; } = "";

    public string? StartedAt { get; init; }

    public string? CompletedAt { get; init; }

    public double? DurationMs { get; init; }

    public string UserId { get; init; } = "";

    public string? ErrorMessage { get; init; }

    public string? JobId { get; init; }

    public long RowCount { get; init; }
}
