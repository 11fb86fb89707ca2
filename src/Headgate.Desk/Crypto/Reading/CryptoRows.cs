using System.Text.Json;
using Headgate.Desk.Crypto.Registry;

namespace Headgate.Desk.Crypto.Reading;

/// <summary>Cuts what is about one symbol out of what is about a whole market.</summary>
internal static class CryptoRows
{
    private static readonly string[] Names = ["market_pair", "pair", "symbol"];

    /// <summary>The symbol's rows of a list, or its member of an object; null where there is none.</summary>
    public static JsonElement? Of(JsonElement market, CryptoSymbol symbol)
    {
        if (market.ValueKind == JsonValueKind.Object)
        {
            return market.TryGetProperty(symbol.Name, out var member) ? member : null;
        }

        var rows = market.ValueKind == JsonValueKind.Array ? market.EnumerateArray().Where(row => IsOf(row, symbol)).ToList() : [];
        return rows.Count == 0 ? null : JsonSerializer.SerializeToElement(rows);
    }

    /// <summary>One row of a list for each symbol that it names, in one pass; of several the first.</summary>
    public static IReadOnlyDictionary<CryptoSymbol, JsonElement> Of(JsonElement market, IReadOnlySet<CryptoSymbol> symbols)
    {
        var found = new Dictionary<CryptoSymbol, JsonElement>();
        foreach (var row in market.ValueKind == JsonValueKind.Array ? market.EnumerateArray() : default)
        {
            if (SymbolOf(row) is { } symbol && symbols.Contains(symbol))
            {
                found.TryAdd(symbol, row);
            }
        }

        return found;
    }

    /// <summary>Whom a row is about, or null.</summary>
    public static CryptoSymbol? SymbolOf(JsonElement row)
    {
        foreach (var name in row.ValueKind == JsonValueKind.Object ? Names : [])
        {
            if (row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                return CryptoSymbol.TryParse(value.GetString(), out var symbol) ? symbol : null;
            }
        }

        return null;
    }

    private static bool IsOf(JsonElement row, CryptoSymbol symbol) => SymbolOf(row) == symbol;
}
