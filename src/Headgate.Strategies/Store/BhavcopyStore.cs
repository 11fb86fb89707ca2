using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Headgate.Strategies.Store;

/// <summary>
/// The durable store of daily F&amp;O data: day sheets, spot series, expiry calendars and base ranges in one SQLite file.
/// Readers are concurrent and never block; writers take turns.
/// </summary>
public sealed class BhavcopyStore : IDailySeriesSource, IDisposable
{
    /// <summary>An expiry seen at most this many days ahead belongs to the derived calendar; farther ones are quarterly and yearly listings.</summary>
    internal const int DerivedExpiryDaysAhead = 35;

    internal const long SheetsPerSymbol = 10_000_000;

    private readonly SqliteFile _file;
    private readonly ConcurrentDictionary<string, long> _symbolIds = new(StringComparer.Ordinal);

    private BhavcopyStore(string path)
    {
        FilePath = path;
        _file = new SqliteFile(path);
        using var connection = _file.Open();
        StoreSchema.Create(connection);
    }

    /// <summary>The database file.</summary>
    public string FilePath { get; }

    /// <summary>Opens the store, creating it with the shipped base ranges when absent.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer release.</exception>
    public static BhavcopyStore Open(string path) => new(path);

    /// <summary>A hash over everything imported; ends in "-synthetic" once generated demo data was, so that no result over it passes as real.</summary>
    public ValueTask<string> VersionAsync(CancellationToken cancellation)
    {
        using var connection = _file.Open();
        return ValueTask.FromResult(connection.QuerySingle<string>(
            "SELECT value || CASE WHEN EXISTS (SELECT 1 FROM db_metadata WHERE key = 'synthetic') THEN '-synthetic' ELSE '' END FROM db_metadata WHERE key = 'data_version'"));
    }

    public ValueTask<IReadOnlyList<SpotDay>> SpotAsync(string symbol, CancellationToken cancellation)
    {
        using var connection = _file.Open();
        var days = new List<SpotDay>();
        using var reader = connection.ExecuteReader("SELECT Date, Close FROM strike_data WHERE Ticker = @symbol ORDER BY Date", new { symbol });
        while (reader.Read())
        {
            days.Add(new SpotDay(Iso.Date(reader.GetString(0)), decimal.Parse(reader.GetString(1), CultureInfo.InvariantCulture)));
        }

        return ValueTask.FromResult<IReadOnlyList<SpotDay>>(days);
    }

    public ValueTask<IReadOnlyList<ExpiryRow>> ExpiriesAsync(string symbol, ExpiryKind kind, CancellationToken cancellation)
    {
        using var connection = _file.Open();
        var given = connection.Query<(string? Previous, string Current, string? Next)>(
            "SELECT Previous_Expiry, Current_Expiry, Next_Expiry FROM expiry_data WHERE Symbol = @symbol AND Type = @type ORDER BY Current_Expiry",
            new { symbol, type = kind.ToString() }).ToList();
        IReadOnlyList<ExpiryRow> rows = given.Count > 0
            ? [.. given.Select(r => new ExpiryRow(Iso.DateOrNull(r.Previous), Iso.Date(r.Current), Iso.DateOrNull(r.Next)))]
            : ExpiryCalendar.Derive(Seen(connection, symbol, kind));
        return ValueTask.FromResult(rows);
    }

    public ValueTask<IReadOnlyList<DateRange>?> RangesAsync(string filter, CancellationToken cancellation)
    {
        using var connection = _file.Open();
        var ranges = connection.Query<(string Start, string End)>("SELECT Start, End FROM filter_data WHERE Name = @filter ORDER BY Start, End", new { filter })
            .Select(r => new DateRange(Iso.Date(r.Start), Iso.Date(r.End))).ToList();
        return ValueTask.FromResult<IReadOnlyList<DateRange>?>(ranges.Count > 0 ? ranges : null);
    }

    public ValueTask<DaySheet?> SheetAsync(string symbol, DateOnly date, CancellationToken cancellation)
    {
        using var connection = _file.Open();
        return ValueTask.FromResult(SymbolId(connection, symbol) is { } id ? ReadSheet(connection, null, symbol, id, date) : null);
    }

    /// <summary>One symbol's sheets from <paramref name="from"/> to <paramref name="to"/>, both included, ascending: one sequential read.</summary>
    public IEnumerable<DaySheet> Sheets(string symbol, DateOnly from, DateOnly to)
    {
        using var connection = _file.Open();
        if (SymbolId(connection, symbol) is not { } id)
        {
            yield break;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, data FROM sheet WHERE id BETWEEN @from AND @to ORDER BY id";
        command.Parameters.AddWithValue("@from", id * SheetsPerSymbol + from.DayNumber);
        command.Parameters.AddWithValue("@to", id * SheetsPerSymbol + to.DayNumber);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var date = DateOnly.FromDayNumber((int)(reader.GetInt64(0) % SheetsPerSymbol));
            yield return DaySheetCodec.Decode(symbol, date, reader.GetFieldValue<byte[]>(1));
        }
    }

    /// <summary>The symbols with at least one sheet, ordered.</summary>
    public IReadOnlyList<string> Symbols()
    {
        using var connection = _file.Open();
        return connection.Query<string>("SELECT name FROM symbol ORDER BY name").ToList();
    }

    /// <summary>The days for which the symbol has a sheet, ascending.</summary>
    public IReadOnlyList<DateOnly> Days(string symbol)
    {
        using var connection = _file.Open();
        return SymbolId(connection, symbol) is not { } id
            ? []
            : [.. connection.Query<long>(
                "SELECT id FROM sheet WHERE id BETWEEN @from AND @to ORDER BY id", new { from = id * SheetsPerSymbol, to = (id + 1) * SheetsPerSymbol - 1 })
                .Select(key => DateOnly.FromDayNumber((int)(key % SheetsPerSymbol)))];
    }

    /// <summary>Names of the imported base-range filters, ordered.</summary>
    public IReadOnlyList<string> Filters()
    {
        using var connection = _file.Open();
        return connection.Query<string>("SELECT DISTINCT Name FROM filter_data ORDER BY Name").ToList();
    }

    /// <summary>What was imported, newest first.</summary>
    public IReadOnlyList<IngestedFile> Ingested()
    {
        using var connection = _file.Open();
        return connection.Query<IngestedFile>(
            """
            SELECT file_path AS FilePath, file_name AS FileName, file_size AS FileSize, file_hash AS FileHash, kind AS Kind,
                   ingestion_date AS IngestionDate, row_count AS [RowCount], status AS Status
            FROM ingestion_metadata ORDER BY ingestion_date DESC, file_path
            """).ToList();
    }

    /// <summary>Weekdays between the symbol's first and last sheet that have none: holidays, or files that were never imported.</summary>
    /// <remarks>Where the symbol has a spot series, its dates are the trading days instead of the weekdays.</remarks>
    public async Task<IReadOnlyList<DateOnly>> MissingDaysAsync(string symbol, CancellationToken cancellation)
    {
        var days = Days(symbol);
        if (days.Count == 0)
        {
            return [];
        }

        var spot = await SpotAsync(symbol, cancellation);
        var expected = spot.Count > 0
            ? spot.Select(s => s.Date).Where(d => d > days[0] && d < days[^1])
            : Enumerable.Range(days[0].DayNumber, days[^1].DayNumber - days[0].DayNumber).Select(DateOnly.FromDayNumber)
                .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        return [.. expected.Except(days)];
    }

    public void Dispose() => _file.Close();

    internal SqliteConnection OpenConnection() => _file.Open();

    internal long? SymbolId(SqliteConnection connection, string symbol, SqliteTransaction? transaction = null)
    {
        if (_symbolIds.TryGetValue(symbol, out var known))
        {
            return known;
        }

        var id = connection.QuerySingleOrDefault<long?>("SELECT id FROM symbol WHERE name = @symbol", new { symbol }, transaction);
        if (id is { } found && transaction is null)
        {
            // Inside a transaction the id may yet be rolled back.
            _symbolIds[symbol] = found;
        }

        return id;
    }

    internal static DaySheet? ReadSheet(SqliteConnection connection, SqliteTransaction? transaction, string symbol, long symbolId, DateOnly date)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT data FROM sheet WHERE id = @id";
        command.Parameters.AddWithValue("@id", symbolId * SheetsPerSymbol + date.DayNumber);
        return command.ExecuteScalar() is byte[] data ? DaySheetCodec.Decode(symbol, date, data) : null;
    }

    private static IEnumerable<SeenExpiry> Seen(SqliteConnection connection, string symbol, ExpiryKind kind)
    {
        var instrument = (int)(kind == ExpiryKind.Weekly ? InstrumentKind.IndexOption : InstrumentKind.IndexFuture);
        return connection.Query<(string Expiry, string LastDay)>(
                "SELECT expiry, last_day FROM expiry_seen WHERE symbol = @symbol AND instrument = @instrument ORDER BY expiry", new { symbol, instrument })
            .Select(r => new SeenExpiry(Iso.Date(r.Expiry), Iso.Date(r.LastDay)))
            .Where(s => kind == ExpiryKind.Monthly || s.Expiry.DayNumber - s.LastDay.DayNumber <= DerivedExpiryDaysAhead);
    }
}
