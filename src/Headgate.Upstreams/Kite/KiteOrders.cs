using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Orders: market orders fill at once at the last price, everything else stays open until it is cancelled.</summary>
internal static class KiteOrders
{
    private const int QuantityMax = 1_000_000_000;

    private static readonly string[] Required = ["exchange", "tradingsymbol", "transaction_type", "order_type", "quantity", "product"];

    public static TwinReply Place(IMarketTape tape, KiteBook book, KiteLedger ledger, string variety, IReadOnlyDictionary<string, string> form, long sequence, DateTimeOffset now)
    {
        foreach (var name in Required)
        {
            if (!form.TryGetValue(name, out var value) || value.Length == 0)
            {
                return KiteReply.Input($"Missing or empty field `{name}`");
            }
        }

        if (book.Find($"{form["exchange"]}:{form["tradingsymbol"]}") is not { } instrument || KitePricing.QuoteAt(tape, instrument, now) is not { } quote)
        {
            return KiteReply.Input("The instrument you are placing an order for has either expired or does not exist.");
        }

        if (!long.TryParse(form["quantity"], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) || quantity is < 1 or > QuantityMax)
        {
            return KiteReply.Input("Invalid `quantity`.");
        }

        var order = new KiteOrder(string.Create(CultureInfo.InvariantCulture, $"{KiteTime.Day(now):yyMMdd}{sequence:000000000}"), variety);
        order.States.Add(New(ledger.UserId, order, instrument, form, quantity, now));
        ledger.Add(order);
        if (string.Equals(form["order_type"], "MARKET", StringComparison.Ordinal))
        {
            Fill(ledger, order, quantity, quote.Last, now);
        }

        return Id(order);
    }

    public static TwinReply Modify(KiteLedger ledger, string orderId, IReadOnlyDictionary<string, string> form, DateTimeOffset now)
    {
        if (Open(ledger, orderId, out var refusal) is not { } order)
        {
            return refusal!;
        }

        if (order.Modifications == KiteLimits.ModificationsMax)
        {
            return KiteReply.Error(400, "OrderException", "Maximum allowed order modifications exceeded.");
        }

        order.Modifications++;
        order.Change(
            ("order_timestamp", KiteTime.Stamp(now)),
            ("modified", true),
            ("price", Number(form, "price") ?? order.Latest["price"]!.DeepClone()),
            ("trigger_price", Number(form, "trigger_price") ?? order.Latest["trigger_price"]!.DeepClone()),
            ("quantity", Number(form, "quantity") ?? order.Latest["quantity"]!.DeepClone()),
            ("pending_quantity", Number(form, "quantity") ?? order.Latest["pending_quantity"]!.DeepClone()));
        return Id(order);
    }

    public static TwinReply Cancel(KiteLedger ledger, string orderId, DateTimeOffset now)
    {
        if (Open(ledger, orderId, out var refusal) is not { } order)
        {
            return refusal!;
        }

        order.Change(
            ("status", "CANCELLED"),
            ("order_timestamp", KiteTime.Stamp(now)),
            ("cancelled_quantity", order.Latest["pending_quantity"]!.DeepClone()),
            ("pending_quantity", 0));
        return Id(order);
    }

    public static TwinReply All(KiteLedger ledger) => KiteReply.Success(new JsonArray([.. ledger.Orders.Select(o => o.Latest.DeepClone())]));

    public static TwinReply History(KiteLedger ledger, string orderId) =>
        Find(ledger, orderId) is { } order ? KiteReply.Success(new JsonArray([.. order.States.Select(s => s.DeepClone())])) : NoOrder();

    public static TwinReply Trades(KiteLedger ledger, string? orderId = null) =>
        KiteReply.Success(new JsonArray([.. ledger.Trades.Where(t => orderId is null || string.Equals((string)t["order_id"]!, orderId, StringComparison.Ordinal)).Select(t => t.DeepClone())]));

    private static KiteOrder? Find(KiteLedger ledger, string orderId) => ledger.Orders.Find(o => string.Equals(o.Id, orderId, StringComparison.Ordinal));

    private static KiteOrder? Open(KiteLedger ledger, string orderId, out TwinReply? refusal)
    {
        var order = Find(ledger, orderId);
        refusal = order switch
        {
            null => NoOrder(),
            { Status: not "OPEN" } => KiteReply.Error(400, "OrderException", $"Order cannot be changed as it is {order.Status}."),
            _ => null,
        };
        return refusal is null ? order : null;
    }

    private static TwinReply NoOrder() => KiteReply.NotFound("Couldn't find that `order_id`.");

    private static TwinReply Id(KiteOrder order) => KiteReply.Success(new JsonObject { ["order_id"] = order.Id });

    private static JsonValue? Number(IReadOnlyDictionary<string, string> form, string name) =>
        form.TryGetValue(name, out var text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? JsonValue.Create(value) : null;

    private static JsonObject New(string userId, KiteOrder order, KiteInstrument instrument, IReadOnlyDictionary<string, string> form, long quantity, DateTimeOffset now) => new()
    {
        ["placed_by"] = userId,
        ["order_id"] = order.Id,
        ["exchange_order_id"] = "1" + order.Id,
        ["parent_order_id"] = null,
        ["status"] = "OPEN",
        ["status_message"] = null,
        ["status_message_raw"] = null,
        ["order_timestamp"] = KiteTime.Stamp(now),
        ["exchange_update_timestamp"] = KiteTime.Stamp(now),
        ["exchange_timestamp"] = KiteTime.Stamp(now),
        ["variety"] = order.Variety,
        ["modified"] = false,
        ["exchange"] = instrument.Exchange,
        ["tradingsymbol"] = instrument.TradingSymbol,
        ["instrument_token"] = instrument.Token,
        ["order_type"] = form["order_type"],
        ["transaction_type"] = form["transaction_type"],
        ["validity"] = form.GetValueOrDefault("validity", "DAY"),
        ["product"] = form["product"],
        ["quantity"] = quantity,
        ["disclosed_quantity"] = 0,
        ["price"] = Number(form, "price") ?? JsonValue.Create(0m),
        ["trigger_price"] = Number(form, "trigger_price") ?? JsonValue.Create(0m),
        ["average_price"] = 0,
        ["filled_quantity"] = 0,
        ["pending_quantity"] = quantity,
        ["cancelled_quantity"] = 0,
        ["market_protection"] = 0,
        ["meta"] = new JsonObject(),
        ["tag"] = form.GetValueOrDefault("tag"),
        ["guid"] = "G" + order.Id,
    };

    private static void Fill(KiteLedger ledger, KiteOrder order, long quantity, decimal price, DateTimeOffset now)
    {
        order.Change(("status", "COMPLETE"), ("average_price", price), ("filled_quantity", quantity), ("pending_quantity", 0));
        var filled = order.Latest;
        if (ledger.Trades.Count == KiteLedger.OrdersMax)
        {
            ledger.Trades.RemoveAt(0);
        }

        ledger.Trades.Add(new JsonObject
        {
            ["trade_id"] = "7" + order.Id,
            ["order_id"] = order.Id,
            ["exchange"] = filled["exchange"]!.DeepClone(),
            ["tradingsymbol"] = filled["tradingsymbol"]!.DeepClone(),
            ["instrument_token"] = filled["instrument_token"]!.DeepClone(),
            ["product"] = filled["product"]!.DeepClone(),
            ["average_price"] = price,
            ["quantity"] = quantity,
            ["exchange_order_id"] = "1" + order.Id,
            ["transaction_type"] = filled["transaction_type"]!.DeepClone(),
            ["fill_timestamp"] = KiteTime.Stamp(now),
            ["order_timestamp"] = KiteTime.Stamp(now),
            ["exchange_timestamp"] = KiteTime.Stamp(now),
        });
    }
}
