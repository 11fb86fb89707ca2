using System.Globalization;
using System.IO.Compression;

namespace Headgate.Upstreams.Tapes;

/// <summary>Reads recorded day bars from CSV files that have at least the columns <c>date,open,high,low,close</c>, plain or gzip.</summary>
public static class DailyBars
{
    /// <summary>Does the file begin like one of these?</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsDaily(string file)
    {
        using var reader = Open(file);
        return reader.ReadLine()?.StartsWith("date,", StringComparison.Ordinal) == true;
    }

    /// <summary>The bars of one series, oldest first, each at its local midnight.</summary>
    /// <param name="file">A <c>.csv</c> or <c>.csv.gz</c> file.</param>
    /// <param name="zone">Distance of its local time from UTC.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A column is missing or a row cannot be read; names file and line.</exception>
    public static IReadOnlyList<TapeBar> Load(string file, TimeSpan zone)
    {
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"day bars not found: {file}", file);
        }

        using var reader = Open(file);
        var header = (reader.ReadLine() ?? "").Trim().Split(',');
        int[] places = [.. new[] { "date", "open", "high", "low", "close" }.Select(name => Array.IndexOf(header, name))];
        if (places.Any(place => place < 0))
        {
            throw new InvalidDataException($"{file}:1: expected the columns date,open,high,low,close");
        }

        var bars = new List<TapeBar>();
        var line = 1;
        while (reader.ReadLine() is { } row)
        {
            line++;
            if (row.Length > 0)
            {
                bars.Add(Parse(row.Split(','), places, zone) ?? throw new InvalidDataException($"{file}:{line}: expected a day (yyyy-MM-dd), four prices and a close above zero"));
            }
        }

        return [.. bars.OrderBy(bar => bar.Start)];
    }

    private static StreamReader Open(string file)
    {
        var stream = File.OpenRead(file);
        return new StreamReader(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }

    private static TapeBar? Parse(string[] fields, int[] places, TimeSpan zone)
    {
        if (places.Any(place => place >= fields.Length) || !DateOnly.TryParseExact(fields[places[0]], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }

        var prices = new decimal[4];
        for (var i = 0; i < prices.Length; i++)
        {
            if (!decimal.TryParse(fields[places[i + 1]], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out prices[i]))
            {
                return null;
            }
        }

        if (prices[3] <= 0)
        {
            return null;
        }

        // A day of which only the close was published has zeros before it, and is a bar of its close.
        for (var i = 0; i < 3; i++)
        {
            prices[i] = prices[i] > 0 ? prices[i] : prices[3];
        }

        return new TapeBar(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), zone), prices[0], prices[1], prices[2], prices[3], 0);
    }
}
