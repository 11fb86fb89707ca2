using Dapper;
using Microsoft.Data.Sqlite;

namespace Headgate.Strategies.Store.Import;

/// <summary>
/// Takes files into the store, each in one transaction: a file is in whole or not at all. The bytes' hash makes it idempotent, and an
/// interrupted import resumes by being started again.
/// </summary>
public sealed class Importer(BhavcopyStore store, TimeProvider time)
{
    private static readonly string[] Extensions = [".csv", ".gz", ".zip"];

    /// <summary>Daily F&amp;O bhavcopy: UDiFF, the older exchange layout, and the replaced platform's cleaned CSV; plain, gzip or zip.</summary>
    /// <param name="path">A file, or a folder whose .csv, .gz and .zip files are taken in name order.</param>
    public ImportReport Bhavcopy(string path, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default) =>
        ImportAll("bhavcopy", path, options, BhavcopyImport.Run, progress, cancellation);

    /// <summary>Spot series: Ticker, Date, Close with one or several tickers, or Date, Close with the ticker from the file name.</summary>
    public ImportReport Spot(string path, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default) =>
        ImportAll("spot", path, options, SpotImport.Run, progress, cancellation);

    /// <summary>Expiry calendars: {symbol}.csv (weekly) and {symbol}_Monthly.csv. A given calendar replaces the derived one.</summary>
    public ImportReport Expiries(string path, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default) =>
        ImportAll("expiries", path, options, ExpiryImport.Run, progress, cancellation);

    /// <summary>Base ranges: Start, End. A filter of the same name is replaced.</summary>
    public ImportReport Ranges(string path, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default) =>
        ImportAll("ranges", path, options, RangeImport.Run, progress, cancellation);

    /// <summary>Fills a symbol's spot series with the underlying's close that UDiFF sheets print; existing days keep their value.</summary>
    /// <returns>The days added.</returns>
    public int SpotFromSheets(string symbol)
    {
        using var connection = store.OpenConnection();
        using var transaction = connection.BeginTransaction();
        var added = 0;
        foreach (var sheet in store.Sheets(symbol, DateOnly.MinValue, DateOnly.MaxValue))
        {
            if (sheet.Underlying is { } close)
            {
                added += connection.Execute(
                    "INSERT OR IGNORE INTO strike_data VALUES (@symbol, @day, @close)",
                    new { symbol, day = Iso.Text(sheet.Date), close = Numbers.Text(close) }, transaction);
            }
        }

        if (added > 0)
        {
            DataVersion.Advance(connection, transaction, $"spot-from-sheets {symbol} {added}");
        }

        transaction.Commit();
        return added;
    }

    private ImportReport ImportAll(
        string kind, string path, ImportOptions options, ImportFile import, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var files = Files(path);
        var reports = new List<FileReport>(files.Count);
        using var connection = store.OpenConnection();
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            reports.Add(ImportOne(connection, kind, file, options, import));
            progress?.Report(new ImportProgress(reports.Count, files.Count, reports.Sum(r => r.Rows), Path.GetFileName(file)));
        }

        return new ImportReport(reports);
    }

    private FileReport ImportOne(SqliteConnection connection, string kind, string path, ImportOptions options, ImportFile import)
    {
        var name = Path.GetFileName(path);
        var errors = new RowErrors();
        try
        {
            var (raw, hash) = SourceFile.ReadRaw(path);
            if (kind == "bhavcopy" && WasImported(connection, hash))
            {
                return new FileReport(name, FileOutcome.AlreadyImported, 0, 0, null, [], 0);
            }

            var file = SourceFile.Open(path, raw);
            using var transaction = connection.BeginTransaction();
            var counts = import(new ImportTarget(store, connection, transaction), file, options, errors);
            if (errors.Count > 0 && !options.Lenient)
            {
                return Refuse(name, $"{errors.Kept[0]}{(errors.Count > 1 ? $" (and {errors.Count - 1} more bad rows)" : "")}", errors);
            }

            connection.Execute(
                "INSERT OR REPLACE INTO ingestion_metadata VALUES (@path, @name, @size, @hash, @kind, @now, @rows, @status)",
                new
                {
                    path = file.FullPath, name, size = file.Size, hash, kind, now = Iso.Instant(time.GetUtcNow()), rows = counts.Rows,
                    status = errors.Count > 0 ? "lenient" : "imported",
                },
                transaction);
            if (counts.Rows > 0)
            {
                DataVersion.Advance(connection, transaction, $"{kind} {hash}");
                if (name.StartsWith(DemoData.Label, StringComparison.Ordinal))
                {
                    connection.Execute("INSERT OR IGNORE INTO db_metadata VALUES ('synthetic', '1')", transaction: transaction);
                }
            }

            transaction.Commit();
            return new FileReport(name, counts.Rows > 0 ? FileOutcome.Imported : FileOutcome.AlreadyImported, counts.Rows, counts.Unchanged, null, errors.Kept, errors.Count);
        }
        catch (Exception failure) when (failure is ImportFileException or IOException or UnauthorizedAccessException)
        {
            return Refuse(name, failure.Message, errors);
        }
    }

    private static FileReport Refuse(string name, string error, RowErrors errors) =>
        new(name, FileOutcome.Refused, 0, 0, error, errors.Kept, errors.Count);

    // Bhavcopy rows accumulate, so the same bytes need never be read again. The other kinds are small and replace what was there, so they
    // are always read and compared instead. A lenient import is read again: the strict one must still name its bad rows.
    private static bool WasImported(SqliteConnection connection, string hash) =>
        connection.QuerySingle<long>(
            "SELECT count(*) FROM ingestion_metadata WHERE kind = 'bhavcopy' AND file_hash = @hash AND status = 'imported'", new { hash }) > 0;

    private static List<string> Files(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new ImportFileException($"{path}: no such file or folder");
        }

        var files = Directory.EnumerateFiles(path)
            .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new ImportFileException($"{path}: no .csv, .gz or .zip file in this folder");
    }

    private delegate ImportCounts ImportFile(ImportTarget target, SourceFile file, ImportOptions options, RowErrors errors);
}
