using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Calculators that are asked by POST: order margins, basket margins, virtual contract notes.</summary>
internal static class KiteMargins
{
    private const int OrdersMax = 500;
    private const int QuantityMax = 1_000_000_000;

    public static TwinReply Answer(IMarketTape tape, KiteBook book, TwinTarget target, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (Read(body) is not { } orders)
        {
            return KiteReply.Input("Invalid orders: a JSON array of 1 to 500 orders is expected.");
        }

        var isNote = string.Equals(target.Segments[0], "charges", StringComparison.Ordinal);
        var answers = new JsonArray();
        var total = 0m;
        foreach (var order in orders)
        {
            if (Member(order, "quantity") is <= 0 or > QuantityMax)
            {
                return KiteReply.Input("Invalid `quantity` in order.");
            }

            var price = PriceOf(tape, book, order, now);
            if (price is null)
            {
                return KiteReply.Input("Invalid `tradingsymbol` in order.");
            }

            var margin = TapePrice.Round(price.Value * Member(order, "quantity") * 0.2m, 2);
            total += margin;
            answers.Add(isNote ? Note(order, price.Value) : Margin(order, margin));
        }

        if (isNote || !string.Equals(target.Segments[1], "basket", StringComparison.Ordinal))
        {
            return KiteReply.Success(answers);
        }

        return KiteReply.Success(new JsonObject
        {
            ["initial"] = Margin(orders[0], total),
            ["final"] = Margin(orders[0], total),
            ["orders"] = answers,
            ["charges"] = Charges(total),
        });
    }

    private static List<JsonObject>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) is JsonArray { Count: > 0 and <= OrdersMax } array && array.All(o => o is JsonObject) ? [.. array.Cast<JsonObject>()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static decimal? PriceOf(IMarketTape tape, KiteBook book, JsonObject order, DateTimeOffset now) =>
        book.Find($"{Text(order, "exchange")}:{Text(order, "tradingsymbol")}") is { } instrument ? KitePricing.QuoteAt(tape, instrument, now)?.Last : null;

    private static JsonObject Margin(JsonObject order, decimal total) => new()
    {
        ["type"] = "equity",
        ["tradingsymbol"] = Text(order, "tradingsymbol"),
        ["exchange"] = Text(order, "exchange"),
        ["span"] = 0,
        ["exposure"] = 0,
        ["option_premium"] = 0,
        ["additional"] = 0,
        ["bo"] = 0,
        ["cash"] = 0,
        ["var"] = total,
        ["pnl"] = new JsonObject { ["realised"] = 0, ["unrealised"] = 0 },
        ["leverage"] = 5,
        ["charges"] = Charges(total),
        ["total"] = total,
    };

    private static JsonObject Note(JsonObject order, decimal price) => new()
    {
        ["transaction_type"] = Text(order, "transaction_type"),
        ["tradingsymbol"] = Text(order, "tradingsymbol"),
        ["exchange"] = Text(order, "exchange"),
        ["variety"] = Text(order, "variety"),
        ["product"] = Text(order, "product"),
        ["order_type"] = Text(order, "order_type"),
        ["quantity"] = Member(order, "quantity"),
        ["price"] = price,
        ["charges"] = Charges(TapePrice.Trim(price * Member(order, "quantity"))),
    };

    private static JsonObject Charges(decimal turnover)
    {
        var tax = TapePrice.Round(turnover * 0.001m, 4);
        return new JsonObject
        {
            ["transaction_tax"] = tax,
            ["transaction_tax_type"] = "stt",
            ["exchange_turnover_charge"] = 0,
            ["sebi_turnover_charge"] = 0,
            ["brokerage"] = 0,
            ["stamp_duty"] = 0,
            ["gst"] = new JsonObject { ["igst"] = 0, ["cgst"] = 0, ["sgst"] = 0, ["total"] = 0 },
            ["total"] = tax,
        };
    }

    private static string Text(JsonObject order, string name) => order[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static decimal Member(JsonObject order, string name) => order[name] is JsonValue value && value.TryGetValue<decimal>(out var number) ? number : 0;
}
