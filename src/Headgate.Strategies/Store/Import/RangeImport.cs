using Dapper;

namespace Headgate.Strategies.Store.Import;

/// <summary>Base ranges; a filter of the same name is replaced whole.</summary>
internal static class RangeImport
{
    public static ImportCounts Run(ImportTarget target, SourceFile file, ImportOptions options, RowErrors errors)
    {
        var counts = default(ImportCounts);
        foreach (var part in file.Parts)
        {
            var name = options.Name ?? SpotImport.BaseName(part.Name);
            var rows = Read(part, errors).Distinct().OrderBy(r => r.Start).ThenBy(r => r.End).ToList();
            var before = target.Connection.Query<(string Start, string End)>(
                "SELECT Start, End FROM filter_data WHERE Name = @name ORDER BY Start, End", new { name }, target.Transaction).ToList();
            if (before.SequenceEqual(rows.Select(r => (Iso.Text(r.Start), Iso.Text(r.End)))))
            {
                counts = new ImportCounts(counts.Rows, counts.Unchanged + rows.Count);
                continue;
            }

            target.Connection.Execute("DELETE FROM filter_data WHERE Name = @name", new { name }, target.Transaction);
            foreach (var range in rows)
            {
                target.Connection.Execute(
                    "INSERT INTO filter_data VALUES (@name, @start, @end)", new { name, start = Iso.Text(range.Start), end = Iso.Text(range.End) }, target.Transaction);
            }

            counts = new ImportCounts(counts.Rows + rows.Count, counts.Unchanged);
        }

        return counts;
    }

    private static List<DateRange> Read(CsvPart part, RowErrors errors)
    {
        using var csv = new CsvReader(part);
        var start = csv.Column("Start");
        var end = csv.Column("End");
        if (start < 0 || end < 0)
        {
            throw new ImportFileException($"{part.Name}:1: not a range header: expected Start, End");
        }

        var rows = new List<DateRange>();
        var format = default(DateColumn);
        while (csv.ReadLine())
        {
            if (!format.TryParse(csv.Field(start), csv.Line, out var from, out var error) || !format.TryParse(csv.Field(end), csv.Line, out var to, out error))
            {
                errors.Add(part.Name, csv.Line, error ?? "not a date");
            }
            else if (to < from)
            {
                errors.Add(part.Name, csv.Line, $"the range ends {to:yyyy-MM-dd} before it starts {from:yyyy-MM-dd}");
            }
            else
            {
                rows.Add(new DateRange(from, to));
            }
        }

        return rows.Count > 0 || errors.Count > 0 ? rows : throw new ImportFileException($"{part.Name}: no data rows");
    }
}
