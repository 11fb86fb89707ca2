using System.Globalization;
using System.IO.Compression;
using System.Text;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>The instruments dump of one day as CSV, plain and gzip; made once per exchange and kept.</summary>
internal sealed class KiteDump(IMarketTape tape, KiteBook book, int rows)
{
    private const string Columns = "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange\n";
    private const string MadeUpExchange = "BSE";

    private readonly Dictionary<string, byte[]> _plain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _gzip = new(StringComparer.Ordinal);

    /// <param name="exchange">One exchange, or null for all.</param>
    public TwinReply Answer(string? exchange, string? acceptEncoding)
    {
        if (exchange is not (null or "NSE" or "NFO" or MadeUpExchange))
        {
            return KiteReply.Input("Invalid `exchange`");
        }

        var key = exchange ?? "";
        if (!_plain.TryGetValue(key, out var plain))
        {
            _plain.Add(key, plain = Encoding.UTF8.GetBytes(Csv(exchange)));
        }

        if (acceptEncoding?.Contains("gzip", StringComparison.OrdinalIgnoreCase) != true)
        {
            return new TwinReply(200, [new("Content-Type", "text/csv"), new("Vary", "Accept-Encoding")], plain);
        }

        if (!_gzip.TryGetValue(key, out var gzip))
        {
            _gzip.Add(key, gzip = Compress(plain));
        }

        return new TwinReply(200, [new("Content-Type", "text/csv"), new("Content-Encoding", "gzip"), new("Vary", "Accept-Encoding")], gzip);
    }

    private string Csv(string? exchange)
    {
        var text = new StringBuilder(Columns);
        var midnight = new DateTimeOffset(book.Day.ToDateTime(TimeOnly.MinValue), KiteTime.Zone);
        foreach (var row in book.Instruments)
        {
            if (exchange is null || string.Equals(row.Exchange, exchange, StringComparison.Ordinal))
            {
                // Not live: the price the day began with.
                Append(text, row, KitePricing.LastAt(tape, row, midnight) ?? 0);
            }
        }

        if (exchange is null or MadeUpExchange)
        {
            for (var i = 1; i <= rows - book.Instruments.Count; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"SYN{i:000000}");
                var token = ((9_000_000 + (uint)i) * 256) + 4;
                Append(text, new KiteInstrument(token, name, $"SYNTHETIC LISTING {i} LIMITED", MadeUpExchange, MadeUpExchange, "EQ", null, 0, 1, null), 0);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, KiteInstrument row, decimal lastPrice) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"{row.Token},{row.Token >> 8},{row.TradingSymbol},{row.Name},{lastPrice:0.0###},{row.Expiry:yyyy-MM-dd},{row.Strike:0.0###},{(row.IsIndex ? 0m : 0.05m):0.0#},{row.Lot},{row.Kind},{row.Segment},{row.Exchange}\n");

    private static byte[] Compress(byte[] plain)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return buffer.ToArray();
    }
}
