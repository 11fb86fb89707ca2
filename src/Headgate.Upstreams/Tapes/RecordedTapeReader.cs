using System.Globalization;
using System.IO.Compression;

namespace Headgate.Upstreams.Tapes;

/// <summary>Reads minute bars from CSV files with the columns <c>symbol,timestamp_ist,open,high,low,close,volume</c>, plain or gzip.</summary>
internal static class RecordedTapeReader
{
    private const string Columns = "symbol,timestamp_ist,open,high,low,close,volume";

    private static readonly TimeSpan Ist = new(5, 30, 0);

    /// <summary>The files a path names: itself, or the CSV files of a directory in ordinal order.</summary>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"tape not found: {path}; name a .csv or .csv.gz file, or a directory of them", path);
        }

        return [.. Directory.EnumerateFiles(path)
            .Where(f => f.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Adds a file's bars to the table. False, with nothing added, when its bars are not one minute long.</summary>
    /// <exception cref="InvalidDataException">Not a tape, or a row that cannot be read; names file and line.</exception>
    public static bool Read(string file, Dictionary<string, List<TapeBar>> table)
    {
        using var stream = File.OpenRead(file);
        using var plain = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        using var reader = new StreamReader(plain);
        var header = reader.ReadLine()?.Trim();
        if (!string.Equals(header, Columns, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{file}:1: expected the columns {Columns}");
        }

        var read = new List<(string Symbol, TapeBar Bar)>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var byName = names.GetAlternateLookup<ReadOnlySpan<char>>();
        var line = 1;
        while (reader.ReadLine() is { } row)
        {
            line++;
            if (row.Length == 0)
            {
                continue;
            }

            if (!TryParse(row, byName, names, out var symbol, out var bar))
            {
                throw new InvalidDataException($"{file}:{line}: expected symbol, yyyy-MM-dd HH:mm:ss, four prices above zero and a volume");
            }

            read.Add((symbol, bar));
        }

        if (!IsMinuteData(read))
        {
            return false;
        }

        foreach (var (symbol, bar) in read)
        {
            if (!table.TryGetValue(symbol, out var bars))
            {
                table.Add(symbol, bars = []);
            }

            bars.Add(bar);
        }

        return true;
    }

    // Longer bars look like minutes with gaps, so the smallest distance anywhere in the file decides. Rows need not be in order.
    private static bool IsMinuteData(List<(string Symbol, TapeBar Bar)> read)
    {
        for (var i = 1; i < read.Count; i++)
        {
            if (string.Equals(read[i].Symbol, read[i - 1].Symbol, StringComparison.Ordinal)
                && (read[i].Bar.Start - read[i - 1].Bar.Start).Duration() == TimeSpan.FromMinutes(1))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(
        string row, Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> byName, Dictionary<string, string> names, out string symbol, out TapeBar bar)
    {
        symbol = "";
        bar = default;
        Span<Range> fields = stackalloc Range[8];
        var text = row.AsSpan();
        if (text.Split(fields, ',') != 7 || !TryInstant(text[fields[1]], out var start))
        {
            return false;
        }

        if (!Number(text[fields[2]], out var open) || !Number(text[fields[3]], out var high) || !Number(text[fields[4]], out var low)
            || !Number(text[fields[5]], out var close) || !Number(text[fields[6]], out var volume) || open <= 0 || high <= 0 || low <= 0 || close <= 0 || volume < 0)
        {
            return false;
        }

        var name = text[fields[0]];
        if (!byName.TryGetValue(name, out symbol!))
        {
            symbol = name.ToString();
            names.Add(symbol, symbol);
        }

        bar = new TapeBar(start, open, high, low, close, volume);
        return symbol.Length > 0;
    }

    // decimal keeps the scale it was written with, which keeps the number text.
    private static bool Number(ReadOnlySpan<char> text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static bool TryInstant(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        var parsed = DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        instant = parsed ? new DateTimeOffset(local, Ist) : default;
        return parsed;
    }
}
