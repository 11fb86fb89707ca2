using System.Globalization;
using System.Text;

namespace Headgate.Desk.Monitors.Market;

/// <summary>Reads the instruments dump. A row that cannot be read is left out: it is no instrument anybody could ask for.</summary>
internal static class KiteCsv
{
    /// <exception cref="FormatException">It is no instruments dump.</exception>
    public static IReadOnlyList<KiteContract> Contracts(ReadOnlyMemory<byte> body)
    {
        using var lines = new StringReader(Encoding.UTF8.GetString(body.Span));
        var head = Split(lines.ReadLine() ?? "");
        int Column(string name) => head.IndexOf(name) is >= 0 and var at ? at : throw new FormatException($"There is no column {name}.");
        int token = Column("instrument_token"), symbol = Column("tradingsymbol"), name = Column("name"), expiry = Column("expiry"), strike = Column("strike");
        int lot = Column("lot_size"), type = Column("instrument_type"), exchange = Column("exchange");
        List<KiteContract> contracts = [];
        while (lines.ReadLine() is { } line)
        {
            var cells = Split(line);
            if (cells.Count == head.Count && long.TryParse(cells[token], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && cells[symbol].Length > 0)
            {
                contracts.Add(new KiteContract(
                    number, cells[symbol], cells[name], cells[exchange], cells[type], Date(cells[expiry]), Number(cells[strike]), (int)Math.Clamp(Number(cells[lot]), 0, int.MaxValue)));
            }
        }

        return contracts;
    }

    private static DateOnly? Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static decimal Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static List<string> Split(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return [.. line.Split(',')];
        }

        // Names of companies may hold commas and come in quotes then (RFC 4180).
        List<string> cells = [];
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                if (isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (c == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
