using Headgate.Budgets;
using Headgate.SignIn;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Reads a ledger, row by row, so that what is readable of a damaged one can be carried over.</summary>
internal static class LedgerReader
{
    public static LedgerState Read(SqliteConnection connection)
    {
        var clock = Clock(connection).FirstOrDefault();
        var holds = Holds(connection).Where(hold => clock is null || Expiry(hold) >= clock.EngineTicks).ToList();
        var next = Math.Max(1, Meta(connection, LedgerMeta.NextChargeId));
        return new LedgerState(
            clock,
            Math.Max(next, holds.Count == 0 ? 0 : holds.Max(static hold => hold.ChargeId) + 1),
            holds,
            [.. Windows(connection).Select(static row => row.Total)],
            [.. Closures(connection)]);
    }

    public static long Meta(SqliteConnection connection, string key) =>
        SqliteFile.Scalar(connection, $"SELECT value FROM meta WHERE key = '{key}'") is long value ? value : 0;

    public static IEnumerable<ClockMark> Clock(SqliteConnection connection) =>
        Rows(connection, "SELECT boot_id, timestamp, engine_ticks FROM clock", static row => new ClockMark(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));

    public static IEnumerable<Hold> Holds(SqliteConnection connection) => Rows(
        connection,
        "SELECT charge_id, limit_key, permits, sent_at, timeout, window, first_byte_at FROM holds",
        static row => new Hold(
            row.GetInt64(0), row.GetString(1), row.GetInt64(2), new EngineTime(row.GetInt64(3)), TimeSpan.FromTicks(row.GetInt64(4)),
            TimeSpan.FromTicks(row.GetInt64(5)), row.IsDBNull(6) ? null : new EngineTime(row.GetInt64(6))));

    public static IEnumerable<(WindowTotal Total, long TouchedAt)> Windows(SqliteConnection connection) => Rows(
        connection,
        "SELECT limit_key, window_id, used, touched_at FROM window_totals",
        static row => (new WindowTotal(row.GetString(0), row.GetString(1), row.GetInt64(2)), row.GetInt64(3)));

    public static IEnumerable<Closure> Closures(SqliteConnection connection) => Rows(
        connection,
        "SELECT key, until, strikes, reason FROM closures",
        static row => new Closure(row.GetString(0), new EngineTime(row.GetInt64(1)), row.GetInt32(2), row.GetString(3)));

    public static IEnumerable<StoredToken> Tokens(SqliteConnection connection) => Rows(
        connection,
        "SELECT provider, token, state, stored_at FROM secrets_tokens",
        static row => new StoredToken(row.GetString(0), row.GetString(1), row.GetString(2), new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero)));

    public static IEnumerable<CallTotal> Calls(SqliteConnection connection) => Rows(
        connection,
        "SELECT label, day, calls FROM call_totals ORDER BY day, label",
        static row => new CallTotal(row.GetString(0), DateOnly.FromDateTime(new DateTime(row.GetInt64(1), DateTimeKind.Utc)), row.GetInt64(2)));

    private static long Expiry(Hold hold) =>
        (EngineTime.Max(hold.SentAt + hold.Timeout, hold.FirstByteAt ?? default) + hold.Window).Ticks;

    private static IEnumerable<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> map)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return map(reader);
        }
    }
}
