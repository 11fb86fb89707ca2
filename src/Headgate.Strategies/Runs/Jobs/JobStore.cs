using Dapper;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>
/// Durable records of jobs, in the run database so that a job's end and its result are one transaction: a job is completed exactly once
/// however often it was started.
/// </summary>
public sealed class JobStore(RunStore runs)
{
    private const string Select = """
        SELECT id AS Id, strategy AS Strategy, parameters AS Parameters, state AS State, processed AS Processed, total AS Total, attempts AS Attempts,
               created_at AS CreatedAt, started_at AS StartedAt, finished_at AS FinishedAt, error AS Error, execution_id AS ExecutionId FROM jobs
        """;

    private const string Unfinished = "state NOT IN ('SUCCESS', 'FAILURE', 'REVOKED')";

    /// <summary>Records a job and its pending execution.</summary>
    public void Add(string id, string strategy, string hash, string parametersJson, string user)
    {
        using var connection = runs.Open();
        using var transaction = connection.BeginTransaction();
        var execution = RunStore.Insert(connection, transaction, strategy, hash, parametersJson, user, "pending", runs.Now, id);
        connection.Execute(
            "INSERT INTO jobs(id, strategy, parameters, state, created_at, execution_id) VALUES (@id, @strategy, @parametersJson, 'PENDING', @now, @execution)",
            new { id, strategy, parametersJson, now = runs.Now, execution }, transaction);
        transaction.Commit();
    }

    /// <summary>Counts an attempt and marks job and execution running; null when the job is unknown or already ended.</summary>
    public JobRecord? Begin(string id)
    {
        using var connection = runs.Open();
        using var transaction = connection.BeginTransaction();
        var now = runs.Now;
        var begun = connection.Execute(
            $"UPDATE jobs SET state = 'STARTED', attempts = attempts + 1, started_at = @now, processed = 0, total = 0 WHERE id = @id AND {Unfinished}",
            new { id, now }, transaction);
        if (begun == 0)
        {
            return null;
        }

        connection.Execute("UPDATE execution_runs SET status = 'running', started_at = @now WHERE job_id = @id", new { id, now }, transaction);
        var job = connection.QuerySingle<JobRecord>($"{Select} WHERE id = @id", new { id }, transaction);
        transaction.Commit();
        return job;
    }

    public void Progress(string id, StrategyProgress progress)
    {
        using var connection = runs.Open();
        connection.Execute(
            "UPDATE jobs SET state = 'PROCESSING', processed = @Processed, total = @Total WHERE id = @id AND state IN ('STARTED', 'PROCESSING')",
            new { id, progress.Processed, progress.Total });
    }

    /// <summary>Ends the job with its result; false when it had ended before.</summary>
    public bool Succeed(string id, long executionId, double durationMs, RunOutput output)
    {
        using var connection = runs.Open();
        using var transaction = connection.BeginTransaction();
        var ended = connection.Execute(
            $"UPDATE jobs SET state = 'SUCCESS', finished_at = @now, error = NULL, processed = total WHERE id = @id AND {Unfinished}",
            new { id, now = runs.Now }, transaction) == 1 && runs.Complete(connection, transaction, executionId, durationMs, output);
        if (ended)
        {
            transaction.Commit();
        }

        return ended;
    }

    /// <summary>Ends the job without a result (FAILURE or REVOKED); false when it had ended before.</summary>
    public bool End(string id, string state, string error, double? durationMs)
    {
        using var connection = runs.Open();
        using var transaction = connection.BeginTransaction();
        var ended = connection.Execute(
            $"UPDATE jobs SET state = @state, finished_at = @now, error = @error WHERE id = @id AND {Unfinished}", new { id, state, error, now = runs.Now }, transaction);
        if (ended == 1)
        {
            var execution = connection.QuerySingle<long>("SELECT execution_id FROM jobs WHERE id = @id", new { id }, transaction);
            runs.Fail(connection, transaction, execution, durationMs, error);
        }

        transaction.Commit();
        return ended == 1;
    }

    /// <summary>Waits for another attempt.</summary>
    public void WaitForRetry(string id, string state, string? error)
    {
        using var connection = runs.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute($"UPDATE jobs SET state = @state, error = @error WHERE id = @id AND {Unfinished}", new { id, state, error }, transaction);
        connection.Execute("UPDATE execution_runs SET status = 'pending' WHERE job_id = @id AND status = 'running'", new { id }, transaction);
        transaction.Commit();
    }

    public JobRecord? Find(string id)
    {
        using var connection = runs.Open();
        return connection.QuerySingleOrDefault<JobRecord>($"{Select} WHERE id = @id", new { id });
    }

    /// <summary>Newest first.</summary>
    /// <param name="state">Only jobs in this state; null for all.</param>
    public IReadOnlyList<JobRecord> List(int limit, int offset, string? state)
    {
        using var connection = runs.Open();
        return connection.Query<JobRecord>(
            $"{Select} WHERE (@state IS NULL OR state = @state) ORDER BY created_at DESC, rowid DESC LIMIT @limit OFFSET @offset", new { limit, offset, state }).ToList();
    }

    public long CountOpen()
    {
        using var connection = runs.Open();
        return connection.QuerySingle<long>($"SELECT count(*) FROM jobs WHERE {Unfinished}");
    }

    /// <summary>Jobs that have not ended, oldest first.</summary>
    public IReadOnlyList<JobRecord> Open()
    {
        using var connection = runs.Open();
        return connection.Query<JobRecord>($"{Select} WHERE {Unfinished} ORDER BY created_at, rowid").ToList();
    }

    /// <summary>Forgets jobs that ended before the instant; their executions stay.</summary>
    public int DeleteEndedBefore(DateTimeOffset instant)
    {
        using var connection = runs.Open();
        return connection.Execute($"DELETE FROM jobs WHERE NOT ({Unfinished}) AND finished_at < @before", new { before = Store.Iso.Instant(instant) });
    }
}
