using System.Text.Json;

namespace Headgate.Desk.Monitors.Universe;

/// <summary>The stocks the monitors look at. Immutable.</summary>
/// <param name="Stocks">Trading symbols, each once, without index names.</param>
/// <param name="SectorOf">Sector by symbol; absent where unknown.</param>
/// <param name="SharesOf">Shares outstanding by symbol; absent where unknown.</param>
public sealed record StockUniverse(IReadOnlyList<string> Stocks, IReadOnlyDictionary<string, string> SectorOf, IReadOnlyDictionary<string, long> SharesOf)
{
    /// <summary>Most stocks a universe may have.</summary>
    public const int StocksMax = 2_000;

    // Indices have futures too, so lists of underlyings name them; they have no equity quote.
    private static readonly string[] IndexNames = ["BANKNIFTY", "FINNIFTY", "MIDCPNIFTY", "NIFTYNXT50", "NIFTY", "SENSEX", "SENSEX50", "BANKEX", "INDIA VIX", "INDIAVIX"];

    private static readonly Lazy<StockUniverse> SampleOnce = new(static () =>
    {
        using var stream = typeof(StockUniverse).Assembly.GetManifestResourceStream("universe.sample.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Parse(bytes.ToArray());
    });

    /// <summary>The 209 stocks that come with the desk, a sample: lists change every month.</summary>
    public static StockUniverse Sample => SampleOnce.Value;

    /// <summary>A universe without sectors and shares.</summary>
    public static StockUniverse Of(IEnumerable<string> stocks) => new(Clean(stocks), new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal));

    /// <summary>Is it the name of an index rather than of a share?</summary>
    public static bool IsIndex(string name) =>
        IndexNames.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("NIFTY ", StringComparison.OrdinalIgnoreCase) || name.StartsWith("^", StringComparison.Ordinal);

    /// <summary>Reads <c>{"stocks": […], "sectors": {"Banks": […]}, "shares_outstanding": {"INFY": 4150000000}}</c>; only the first is required.</summary>
    /// <exception cref="FormatException">It is no such file, or names a stock nobody could trade.</exception>
    public static StockUniverse Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var stocks = Clean(root.GetProperty("stocks").EnumerateArray().Select(static stock => stock.GetString() ?? ""));
            var sectors = new Dictionary<string, string>(StringComparer.Ordinal);
            if (root.TryGetProperty("sectors", out var groups))
            {
                foreach (var (sector, symbol) in groups.EnumerateObject().SelectMany(static group => group.Value.EnumerateArray().Select(stock => (group.Name, stock.GetString() ?? ""))))
                {
                    sectors[symbol] = sector;
                }
            }

            var shares = new Dictionary<string, long>(StringComparer.Ordinal);
            if (root.TryGetProperty("shares_outstanding", out var counts))
            {
                foreach (var count in counts.EnumerateObject())
                {
                    shares[count.Name] = count.Value.GetInt64();
                }
            }

            return new StockUniverse(stocks, sectors, shares);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The universe is not {{\"stocks\": [\"INFY\", …]}}: {error.Message}", error);
        }
    }

    private static IReadOnlyList<string> Clean(IEnumerable<string> names)
    {
        List<string> stocks = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names.Select(static name => name.Trim()))
        {
            if (name.Length is 0 or > 32 || name.AsSpan().ContainsAny("|,\r\n"))
            {
                throw new FormatException($"\"{name}\" is no trading symbol.");
            }

            if (!IsIndex(name) && seen.Add(name))
            {
                stocks.Add(name);
            }
        }

        return stocks.Count <= StocksMax ? stocks : throw new FormatException($"The universe names {stocks.Count} stocks; at most {StocksMax} are looked at.");
    }
}
