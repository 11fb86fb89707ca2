using Dapper;
using Microsoft.Data.Sqlite;

namespace Headgate.Strategies.Store;

/// <summary>The bhavcopy database's tables. Version 001.</summary>
internal static class StoreSchema
{
    /// <summary>Shipped example of base ranges, the filter "base2" of the platform this one replaces (specification §1).</summary>
    private static readonly (string Start, string End)[] Base2 =
    [
        ("2008-11-21", "2010-12-31"), ("2011-09-26", "2011-11-25"), ("2012-05-24", "2013-03-01"), ("2013-08-23", "2015-08-31"),
        ("2016-02-23", "2016-11-11"), ("2016-12-23", "2018-02-09"), ("2019-02-22", "2019-05-10"), ("2019-08-23", "2020-02-28"),
        ("2020-03-24", "2021-11-30"), ("2022-06-24", "2022-12-23"), ("2023-02-22", "2024-10-25"), ("2025-02-21", "2026-01-23"),
    ];

    public static void Create(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Tables, transaction: transaction);
        var fresh = connection.Execute("INSERT OR IGNORE INTO db_metadata VALUES ('schema_version', '001'), ('data_version', '0')", transaction: transaction);
        if (fresh > 0)
        {
            foreach (var (start, end) in Base2)
            {
                connection.Execute("INSERT OR IGNORE INTO filter_data VALUES ('base2', @start, @end)", new { start, end }, transaction);
            }
        }

        var version = connection.QuerySingle<string>("SELECT value FROM db_metadata WHERE key = 'schema_version'", transaction: transaction);
        if (version != "001")
        {
            throw new InvalidDataException($"bhavcopy store has schema version {version}; this release reads 001");
        }

        transaction.Commit();
    }

    // A sheet's key is symbol × 10⁷ + day number, so that the rowid tree itself keeps one symbol's years in one contiguous run of pages.
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS db_metadata(key TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS symbol(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS sheet(id INTEGER PRIMARY KEY, rows INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS expiry_seen(
          symbol TEXT NOT NULL, instrument INTEGER NOT NULL, expiry TEXT NOT NULL, last_day TEXT NOT NULL,
          PRIMARY KEY(symbol, instrument, expiry)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS expiry_data(
          Symbol TEXT NOT NULL, Type TEXT NOT NULL, Previous_Expiry TEXT, Current_Expiry TEXT NOT NULL, Next_Expiry TEXT,
          PRIMARY KEY(Symbol, Type, Current_Expiry)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS strike_data(
          Ticker TEXT NOT NULL, Date TEXT NOT NULL, Close TEXT NOT NULL, PRIMARY KEY(Ticker, Date)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS filter_data(Name TEXT NOT NULL, Start TEXT NOT NULL, End TEXT NOT NULL, PRIMARY KEY(Name, Start, End)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ingestion_metadata(
          file_path TEXT PRIMARY KEY, file_name TEXT NOT NULL, file_size INTEGER NOT NULL, file_hash TEXT NOT NULL, kind TEXT NOT NULL,
          ingestion_date TEXT NOT NULL, row_count INTEGER NOT NULL, status TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS ingestion_hash ON ingestion_metadata(kind, file_hash);
        """;
}
