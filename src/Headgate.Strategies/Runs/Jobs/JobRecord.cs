namespace Headgate.Strategies.Runs.Jobs;

/// <summary>A job as recorded. Instants are UTC, ISO 8601 text.</summary>
public sealed class JobRecord
{
    public string Id { get; init; } = "";

    public string Strategy { get; init; } = "";

    /// <summary>The checked parameters as JSON.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>PENDING, STARTED, PROCESSING, RETRY, SUCCESS, FAILURE or REVOKED.</summary>
    public string State { get; init; } = "";

    /// <summary>Expiry rows processed.</summary>
    public long Processed { get; init; }

    /// <summary>Expiry rows in all; 0 before the first report.</summary>
    public long Total { get; init; }

    /// <summary>How often the job was started.</summary>
    public long Attempts { get; init; }

    public string CreatedAt { get; init; } = "";

    public string? StartedAt { get; init; }

    public string? FinishedAt { get; init; }

    public string? Error { get; init; }

    public long ExecutionId { get; init; }
}
