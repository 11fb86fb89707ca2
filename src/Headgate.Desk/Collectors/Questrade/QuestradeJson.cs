using System.Text.Json;

namespace Headgate.Desk.Collectors.Questrade;

/// <summary>Questrade's answers as types.</summary>
internal static class QuestradeJson
{
    /// <summary>The exact match, otherwise the first entry; null where the search found nothing.</summary>
    public static SymbolId? Symbol(ReadOnlyMemory<byte> body, string ticker)
    {
        using var document = JsonDocument.Parse(body);
        List<(string Name, long Id)> found =
            [.. document.RootElement.GetProperty("symbols").EnumerateArray().Select(static entry => (entry.GetProperty("symbol").GetString()!, entry.GetProperty("symbolId").GetInt64()))];
        var exact = found.FindIndex(entry => string.Equals(entry.Name, ticker, StringComparison.Ordinal));
        return found.Count == 0 ? null : new SymbolId(found[Math.Max(0, exact)].Id);
    }

    public static IReadOnlyDictionary<long, Quote> Quotes(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("quotes").EnumerateArray().Select(QuoteOf).ToDictionary(static quote => quote.SymbolId);
    }

    /// <summary>Kind and number of each account.</summary>
    public static IReadOnlyList<(string Type, string Number)> Accounts(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("accounts").EnumerateArray().Select(static account => (account.GetProperty("type").GetString()!, account.GetProperty("number").GetString()!))];
    }

    public static AccountPart Positions(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return new AccountPart(
            [
                .. document.RootElement.GetProperty("positions").EnumerateArray().Select(static position => new Position(
                    position.GetProperty("symbol").GetString()!, position.GetProperty("openQuantity").GetDecimal(), Number(position, "averageEntryPrice"), Number(position, "currentPrice"))),
            ],
            null);
    }

    public static AccountPart Balances(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return new AccountPart(
            null,
            [
                .. document.RootElement.GetProperty("perCurrencyBalances").EnumerateArray().Select(static balance => new Balance(
                    balance.GetProperty("currency").GetString()!,
                    balance.GetProperty("cash").GetDecimal(),
                    balance.GetProperty("totalEquity").GetDecimal(),
                    balance.GetProperty("buyingPower").GetDecimal())),
            ]);
    }

    private static Quote QuoteOf(JsonElement quote) => new(
        quote.GetProperty("symbolId").GetInt64(),
        Number(quote, "lastTradePrice"),
        Number(quote, "bidPrice"),
        Number(quote, "askPrice"),
        (long?)Number(quote, "volume"),
        quote.TryGetProperty("lastTradeTime", out var time) && time.ValueKind == JsonValueKind.String && time.TryGetDateTimeOffset(out var at) ? at : null,
        Number(quote, "delay") > 0,
        quote.TryGetProperty("isHalted", out var halted) && halted.ValueKind == JsonValueKind.True);

    private static decimal? Number(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}
