using Dapper;
using Microsoft.Data.Sqlite;

namespace Headgate.Strategies.Runs;

/// <summary>The run database's tables (specification §10). Version 001.</summary>
internal static class RunSchema
{
    public static void Create(SqliteConnection connection, string now)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Tables, transaction: transaction);
        connection.Execute(
            "INSERT OR IGNORE INTO db_metadata VALUES ('schema_version', '001', @now), ('last_migration', '001', @now)", new { now }, transaction);
        var version = connection.QuerySingle<string>("SELECT value FROM db_metadata WHERE key = 'schema_version'", transaction: transaction);
        if (version != "001")
        {
            throw new InvalidDataException($"run database has schema version {version}; this release reads 001");
        }

        transaction.Commit();
    }

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS db_metadata(key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS strategy_registry(
          id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL, version TEXT NOT NULL, parameter_schema TEXT NOT NULL,
          created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS execution_runs(
          id INTEGER PRIMARY KEY AUTOINCREMENT, strategy_id INTEGER NOT NULL REFERENCES strategy_registry(id), parameters_hash TEXT NOT NULL,
          parameters_json TEXT NOT NULL, status TEXT NOT NULL CHECK(status IN ('pending', 'running', 'completed', 'failed')), created_at TEXT NOT NULL,
          started_at TEXT, completed_at TEXT, duration_ms REAL, user_id TEXT NOT NULL DEFAULT 'system', error_message TEXT, job_id TEXT);
        CREATE INDEX IF NOT EXISTS execution_runs_strategy ON execution_runs(strategy_id);
        CREATE INDEX IF NOT EXISTS execution_runs_status ON execution_runs(status);
        CREATE INDEX IF NOT EXISTS execution_runs_started ON execution_runs(started_at DESC);
        CREATE INDEX IF NOT EXISTS execution_runs_hash ON execution_runs(parameters_hash);
        CREATE TABLE IF NOT EXISTS execution_results(
          id INTEGER PRIMARY KEY, execution_id INTEGER NOT NULL UNIQUE REFERENCES execution_runs(id) ON DELETE CASCADE, result_data TEXT NOT NULL,
          row_count INTEGER NOT NULL, metadata TEXT NOT NULL, created_at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS jobs(
          id TEXT PRIMARY KEY, strategy TEXT NOT NULL, parameters TEXT NOT NULL, state TEXT NOT NULL, processed INTEGER NOT NULL DEFAULT 0,
          total INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, started_at TEXT, finished_at TEXT,
          error TEXT, execution_id INTEGER NOT NULL REFERENCES execution_runs(id) ON DELETE CASCADE);
        CREATE INDEX IF NOT EXISTS jobs_created ON jobs(created_at DESC);
        CREATE INDEX IF NOT EXISTS jobs_state ON jobs(state);
        """;
}
