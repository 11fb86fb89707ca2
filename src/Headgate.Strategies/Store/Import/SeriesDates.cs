namespace Headgate.Strategies.Store.Import;

/// <summary>Finds the one date format of a whole column.</summary>
internal static class SeriesDates
{
    /// <summary>
    /// A four-digit year or a month name decides by itself. With two-digit years a text such as 22-02-19 reads both ways; then only one
    /// reading whose rows keep an order (up or down) is taken, and otherwise the file is refused: the order of day and year is never guessed.
    /// </summary>
    /// <param name="groups">Row texts with their lines, one group per ticker.</param>
    public static string Find(string file, IReadOnlyList<IReadOnlyList<(string Text, int Line)>> groups, string? given)
    {
        var all = groups.SelectMany(g => g).OrderBy(r => r.Line).ToList();
        if (given is not null)
        {
            return DateFormats.All.FirstOrDefault(f => f.Equals(given, StringComparison.OrdinalIgnoreCase))
                ?? throw new ImportFileException($"{file}: unknown date format '{given}' (one of {string.Join(", ", DateFormats.All)})");
        }

        var candidates = DateFormats.All.Where(f => DateFormats.TryParse(all[0].Text, f, out _)).ToList();
        if (candidates.Count == 0)
        {
            throw new ImportFileException($"{file}:{all[0].Line}: '{all[0].Text}' is not a date (one of {string.Join(", ", DateFormats.All)})");
        }

        foreach (var (text, line) in all)
        {
            var left = candidates.Where(f => DateFormats.TryParse(text, f, out _)).ToList();
            if (left.Count == 0)
            {
                var other = DateFormats.All.FirstOrDefault(f => DateFormats.TryParse(text, f, out _));
                throw new ImportFileException(other is null
                    ? $"{file}:{line}: '{text}' is not a date in {string.Join(" or ", candidates)}"
                    : $"{file}:{line}: mixed date formats: '{text}' is {other}, earlier lines are {string.Join(" or ", candidates)}");
            }

            candidates = left;
        }

        var ordered = candidates.Count == 1 ? candidates : candidates.Where(f => groups.All(g => IsOrdered(g, f))).ToList();
        return ordered.Count == 1
            ? ordered[0]
            : throw new ImportFileException($"{file}: dates such as '{all[0].Text}' can be {string.Join(" or ", candidates)}; state the date format");
    }

    private static bool IsOrdered(IReadOnlyList<(string Text, int Line)> rows, string format)
    {
        var dates = rows.Select(r => DateFormats.TryParse(r.Text, format, out var date) ? date : default).ToList();
        return dates.Zip(dates.Skip(1)).All(p => p.First <= p.Second) || dates.Zip(dates.Skip(1)).All(p => p.First >= p.Second);
    }
}
