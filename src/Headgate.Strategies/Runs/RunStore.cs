using Dapper;
using Headgate.Strategies.Store;
using Microsoft.Data.Sqlite;

namespace Headgate.Strategies.Runs;

/// <summary>Durable records of executions and their results. Safe for concurrent use; every state change is one transaction.</summary>
public sealed class RunStore : IDisposable
{
    private const string Select = """
        SELECT r.id AS Id, s.name AS Strategy, r.parameters_hash AS ParametersHash, r.parameters_json AS ParametersJson, r.status AS Status,
               r.created_at AS CreatedAt, r.started_at AS StartedAt, r.completed_at AS CompletedAt, r.duration_ms AS DurationMs, r.user_id AS UserId,
               r.error_message AS ErrorMessage, r.job_id AS JobId, coalesce(d.row_count, 0) AS [RowCount]
        FROM execution_runs r JOIN strategy_registry s ON s.id = r.strategy_id LEFT JOIN execution_results d ON d.execution_id = r.id
        """;

    private readonly SqliteFile _file;
    private readonly TimeProvider _time;

    public RunStore(string path, TimeProvider time)
    {
        _time = time;
        _file = new SqliteFile(path);
        using var connection = _file.Open();
        RunSchema.Create(connection, Now);
    }

    internal string Now => Iso.Instant(_time.GetUtcNow());

    /// <summary>Writes the registry without changing the ids executions refer to.</summary>
    public void Register(IEnumerable<IStrategy> strategies)
    {
        using var connection = _file.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var strategy in strategies)
        {
            connection.Execute(
                """
                INSERT INTO strategy_registry(name, description, version, parameter_schema, created_at, updated_at)
                VALUES (@Name, @Description, @Version, @schema, @now, @now)
                ON CONFLICT(name) DO UPDATE SET description = excluded.description, version = excluded.version,
                  parameter_schema = excluded.parameter_schema, updated_at = excluded.updated_at
                """,
                new { strategy.Name, strategy.Description, strategy.Version, schema = PlatformJson.Write(StrategyInfo.Of(strategy).ParameterSchema), now = Now }, transaction);
        }

        transaction.Commit();
    }

    /// <summary>Records a run that starts now.</summary>
    public long Start(string strategy, string hash, string parametersJson, string user)
    {
        using var connection = _file.Open();
        return Insert(connection, null, strategy, hash, parametersJson, user, "running", Now, null);
    }

    /// <summary>Completes a running execution; false when it was no longer running (an orphan already marked failed, a second completion).</summary>
    public bool Complete(long id, double durationMs, RunOutput output)
    {
        using var connection = _file.Open();
        using var transaction = connection.BeginTransaction();
        var changed = Complete(connection, transaction, id, durationMs, output);
        transaction.Commit();
        return changed;
    }

    public void Fail(long id, double? durationMs, string error)
    {
        using var connection = _file.Open();
        Fail(connection, null, id, durationMs, error);
    }

    public RunRecord? Find(long id)
    {
        using var connection = _file.Open();
        return connection.QuerySingleOrDefault<RunRecord>($"{Select} WHERE r.id = @id", new { id });
    }

    public RunOutput? Output(long id)
    {
        using var connection = _file.Open();
        return connection.QuerySingleOrDefault<RunOutput>(
            "SELECT result_data AS DataJson, metadata AS MetadataJson, row_count AS [RowCount] FROM execution_results WHERE execution_id = @id", new { id });
    }

    public IReadOnlyList<RunRecord> List(RunFilter filter)
    {
        using var connection = _file.Open();
        return connection.Query<RunRecord>(
            $"""
            {Select} WHERE (@Status IS NULL OR r.status = @Status) AND (@Strategy IS NULL OR s.name = @Strategy) AND (@User IS NULL OR r.user_id = @User)
            ORDER BY r.id DESC LIMIT @Limit OFFSET @Offset
            """, filter).ToList();
    }

    /// <summary>Marks runs failed that were running when the process ended and that no job will take up again.</summary>
    public int FailOrphans()
    {
        using var connection = _file.Open();
        return connection.Execute(
            """
            UPDATE execution_runs SET status = 'failed', completed_at = @now, error_message = 'interrupted: the server stopped while this execution was running'
            WHERE status = 'running' AND job_id IS NULL
            """,
            new { now = Now });
    }

    public void Dispose() => _file.Close();

    internal SqliteConnection Open() => _file.Open();

    internal static long Insert(
        SqliteConnection connection, SqliteTransaction? transaction, string strategy, string hash, string parametersJson, string user, string status, string now, string? jobId) =>
        connection.QuerySingle<long>(
            """
            INSERT INTO execution_runs(strategy_id, parameters_hash, parameters_json, status, created_at, started_at, user_id, job_id)
            SELECT id, @hash, @parametersJson, @status, @now, CASE WHEN @status = 'running' THEN @now END, @user, @jobId
            FROM strategy_registry WHERE name = @strategy
            RETURNING id
            """,
            new { strategy, hash, parametersJson, user, status, now, jobId }, transaction);

    internal bool Complete(SqliteConnection connection, SqliteTransaction transaction, long id, double durationMs, RunOutput output)
    {
        var changed = connection.Execute(
            "UPDATE execution_runs SET status = 'completed', completed_at = @now, duration_ms = @durationMs, error_message = NULL WHERE id = @id AND status = 'running'",
            new { id, now = Now, durationMs }, transaction);
        if (changed == 1)
        {
            connection.Execute(
                "INSERT INTO execution_results(execution_id, result_data, row_count, metadata, created_at) VALUES (@id, @DataJson, @RowCount, @MetadataJson, @now)",
                new { id, output.DataJson, output.RowCount, output.MetadataJson, now = Now }, transaction);
        }

        return changed == 1;
    }

    internal void Fail(SqliteConnection connection, SqliteTransaction? transaction, long id, double? durationMs, string error) => connection.Execute(
        "UPDATE execution_runs SET status = 'failed', completed_at = @now, duration_ms = @durationMs, error_message = @error WHERE id = @id AND status IN ('pending', 'running')",
        new { id, now = Now, durationMs, error }, transaction);
}
