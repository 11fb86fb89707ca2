using Dapper;

namespace Headgate.Strategies.Store.Import;

/// <summary>Spot series. The last duplicate of a date wins, as the research scripts have it; an imported day replaces an earlier value.</summary>
internal static class SpotImport
{
    public static ImportCounts Run(ImportTarget target, SourceFile file, ImportOptions options, RowErrors errors)
    {
        var counts = default(ImportCounts);
        foreach (var part in file.Parts)
        {
            var (changed, same) = RunPart(target, part, options, errors);
            counts = new ImportCounts(counts.Rows + changed, counts.Unchanged + same);
        }

        return counts;
    }

    private static (long Changed, long Same) RunPart(ImportTarget target, CsvPart part, ImportOptions options, RowErrors errors)
    {
        var rows = Read(part, options, errors);
        if (rows.Count == 0)
        {
            return errors.Count > 0 ? default : throw new ImportFileException($"{part.Name}: no data rows");
        }

        var format = SeriesDates.Find(
            part.Name, [.. rows.GroupBy(r => r.Ticker, StringComparer.Ordinal).Select(g => g.Select(r => (r.Date, r.Line)).ToList())], options.DateFormat);
        long changed = 0;
        foreach (var row in rows)
        {
            if (!DateFormats.TryParse(row.Date, format, out var date))
            {
                errors.Add(part.Name, row.Line, $"'{row.Date}' is not a date in {format}");
                continue;
            }

            changed += target.Connection.Execute(
                "INSERT INTO strike_data VALUES (@ticker, @day, @close) ON CONFLICT DO UPDATE SET Close = excluded.Close WHERE Close <> excluded.Close",
                new { ticker = row.Ticker, day = Iso.Text(date), close = Numbers.Text(row.Close) }, target.Transaction);
        }

        return (changed, rows.Count - changed);
    }

    private static List<(string Ticker, string Date, decimal Close, int Line)> Read(CsvPart part, ImportOptions options, RowErrors errors)
    {
        using var csv = new CsvReader(part);
        var ticker = csv.Column("Ticker", "Symbol");
        var date = csv.Column("Date", "Timestamp");
        var close = csv.Column("Close", "spot_close");
        if (date < 0 || close < 0)
        {
            throw new ImportFileException($"{part.Name}:1: not a spot header: expected Ticker, Date, Close or Date, Close");
        }

        var single = options.Symbol ?? BaseName(part.Name);
        var rows = new List<(string, string, decimal, int)>();
        while (csv.ReadLine())
        {
            if (csv.Field(close).IsEmpty || !Numbers.TryParse(csv.Field(close), out decimal value) || value <= 0)
            {
                errors.Add(part.Name, csv.Line, $"close '{csv.Field(close)}' is not a positive number");
            }
            else
            {
                rows.Add((ticker < 0 ? single : csv.Field(ticker).ToString(), csv.Field(date).ToString(), value, csv.Line));
            }
        }

        return rows;
    }

    /// <summary>The file name without folder, .csv, .gz and .zip.</summary>
    internal static string BaseName(string name)
    {
        var text = name[(name.LastIndexOf('/') + 1)..];
        foreach (var extension in (ReadOnlySpan<string>)[".gz", ".zip", ".csv"])
        {
            text = text.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? text[..^extension.Length] : text;
        }

        return text;
    }
}
