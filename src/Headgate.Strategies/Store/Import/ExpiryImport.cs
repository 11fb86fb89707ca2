using Dapper;

namespace Headgate.Strategies.Store.Import;

/// <summary>Expiry calendars, one symbol and kind per file. Replaces the whole calendar: rows of two editions do not mix.</summary>
internal static class ExpiryImport
{
    private const string MonthlySuffix = "_Monthly";

    public static ImportCounts Run(ImportTarget target, SourceFile file, ImportOptions options, RowErrors errors)
    {
        var counts = default(ImportCounts);
        foreach (var part in file.Parts)
        {
            var name = SpotImport.BaseName(part.Name);
            var monthly = name.EndsWith(MonthlySuffix, StringComparison.OrdinalIgnoreCase);
            var symbol = options.Symbol ?? (monthly ? name[..^MonthlySuffix.Length] : name);
            var rows = Read(part, errors);
            var (changed, same) = Replace(target, symbol, (monthly ? ExpiryKind.Monthly : ExpiryKind.Weekly).ToString(), rows);
            counts = new ImportCounts(counts.Rows + changed, counts.Unchanged + same);
        }

        return counts;
    }

    private static (long Changed, long Same) Replace(ImportTarget target, string symbol, string type, List<ExpiryRow> rows)
    {
        var before = target.Connection.Query<(string? Previous, string Current, string? Next)>(
            "SELECT Previous_Expiry, Current_Expiry, Next_Expiry FROM expiry_data WHERE Symbol = @symbol AND Type = @type ORDER BY Current_Expiry",
            new { symbol, type }, target.Transaction).ToList();
        var after = rows.Select(r => (Previous: Iso.Text(r.Previous), Current: Iso.Text(r.Current), Next: Iso.Text(r.Next))).ToList();
        if (before.SequenceEqual(after))
        {
            return (0, rows.Count);
        }

        target.Connection.Execute("DELETE FROM expiry_data WHERE Symbol = @symbol AND Type = @type", new { symbol, type }, target.Transaction);
        foreach (var (previous, current, next) in after)
        {
            target.Connection.Execute(
                "INSERT INTO expiry_data VALUES (@symbol, @type, @previous, @current, @next)", new { symbol, type, previous, current, next }, target.Transaction);
        }

        return (rows.Count, 0);
    }

    private static List<ExpiryRow> Read(CsvPart part, RowErrors errors)
    {
        using var csv = new CsvReader(part);
        var previous = csv.Column("Previous Expiry", "Previous_Expiry");
        var current = csv.Column("Current Expiry", "Current_Expiry");
        var next = csv.Column("Next Expiry", "Next_Expiry");
        if (previous < 0 || current < 0 || next < 0)
        {
            throw new ImportFileException($"{part.Name}:1: not an expiry header: expected Previous Expiry, Current Expiry, Next Expiry");
        }

        var rows = new List<ExpiryRow>();
        var format = default(DateColumn);
        while (csv.ReadLine())
        {
            if (!TryDate(csv, previous, ref format, out var p, out var error) || !TryDate(csv, current, ref format, out var c, out error)
                || !TryDate(csv, next, ref format, out var n, out error))
            {
                errors.Add(part.Name, csv.Line, error ?? "not a date");
            }
            else if (c is not { } day || day <= p || n <= day)
            {
                errors.Add(part.Name, csv.Line, "Previous, Current and Next Expiry must be ascending and Current given");
            }
            else if (rows.Count > 0 && day <= rows[^1].Current)
            {
                errors.Add(part.Name, csv.Line, $"Current Expiry {day:yyyy-MM-dd} does not follow {rows[^1].Current:yyyy-MM-dd}: the calendar must be ascending");
            }
            else
            {
                rows.Add(new ExpiryRow(p, day, n));
            }
        }

        return rows.Count > 0 || errors.Count > 0 ? rows : throw new ImportFileException($"{part.Name}: no data rows");
    }

    private static bool TryDate(CsvReader csv, int column, ref DateColumn format, out DateOnly? date, out string? error)
    {
        date = null;
        error = null;
        if (csv.Field(column).IsEmpty)
        {
            return true;
        }

        var parsed = format.TryParse(csv.Field(column), csv.Line, out var value, out error);
        date = value;
        return parsed;
    }
}
