using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.CoinbaseAdvanced;

/// <summary>One key's balances and orders: market orders fill at once at the last price; an order's client id is used once.</summary>
internal sealed class AdvancedAccount(decimal dollars)
{
    private const int OrdersMax = 10_000;
    private const decimal AmountMax = 1_000_000_000;

    private readonly List<JsonObject> _orders = [];
    private readonly SortedDictionary<string, decimal> _balances = new(StringComparer.Ordinal) { ["USD"] = dollars };

    /// <summary>Orders ever placed.</summary>
    public int Placed { get; private set; }

    public TwinReply Accounts(IMarketTape tape)
    {
        var currencies = tape.Symbols.SelectMany(symbol => symbol.Name.Split('-')).Concat(_balances.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        JsonArray accounts = [.. currencies.Select(currency => new JsonObject
        {
            ["uuid"] = $"00000000-0000-0000-0000-{SyntheticPath.Hash(currency) % 1_000_000_000_000UL:000000000000}",
            ["name"] = $"{currency} Wallet",
            ["currency"] = currency,
            ["available_balance"] = new JsonObject { ["value"] = Text(_balances.GetValueOrDefault(currency)), ["currency"] = currency },
            ["default"] = true,
            ["active"] = true,
            ["type"] = "ACCOUNT_TYPE_CRYPTO",
            ["hold"] = new JsonObject { ["value"] = "0", ["currency"] = currency },
        })];
        return AdvancedReply.Of(new JsonObject { ["accounts"] = accounts, ["has_next"] = false, ["cursor"] = "", ["size"] = accounts.Count });
    }

    public TwinReply Place(IMarketTape tape, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (Read(body) is not { } asked || Member(asked, "client_order_id") is not { Length: > 0 } client || Member(asked, "side") is not { } side || side is not ("BUY" or "SELL"))
        {
            return AdvancedReply.Error(400, "INVALID_ARGUMENT", "client_order_id, product_id, side and order_configuration are required");
        }

        // The documented use of the client's id: a second order of the same id creates nothing and answers with the first.
        if (_orders.Find(order => Is(order, "client_order_id", client)) is { } known)
        {
            return Success(known);
        }

        var product = Member(asked, "product_id") ?? "";
        if (tape.LastAt(product, now) is not { } last || product.Split('-') is not [var coin, var currency])
        {
            return Failure("UNKNOWN_FAILURE_REASON", "product not found");
        }

        var market = (asked["order_configuration"] as JsonObject)?["market_market_ioc"] as JsonObject;
        var isBuy = string.Equals(side, "BUY", StringComparison.Ordinal);
        if (market is null || !TryAmount(market, isBuy ? "quote_size" : "base_size", out var amount))
        {
            return Failure("UNSUPPORTED_ORDER_CONFIGURATION", "only market orders by quote_size (buy) or base_size (sell)");
        }

        if (_balances.GetValueOrDefault(isBuy ? currency : coin) < amount)
        {
            return Failure("INSUFFICIENT_FUND", "Insufficient balance in source account");
        }

        var id = $"00000000-0000-4000-8000-{Placed + 1:000000000000}";
        return Success(Add(new AdvancedOrder(id, client, product, isBuy, last, isBuy ? decimal.Round(amount / last, 8) : amount, isBuy ? amount : decimal.Round(amount * last, 8), now)));
    }

    /// <summary>Books a filled order.</summary>
    public JsonObject Add(AdvancedOrder order)
    {
        var (coin, currency) = (order.Product[..order.Product.IndexOf('-', StringComparison.Ordinal)], order.Product[(order.Product.IndexOf('-', StringComparison.Ordinal) + 1)..]);
        var sign = order.IsBuy ? 1 : -1;
        _balances[coin] = _balances.GetValueOrDefault(coin) + (sign * order.Size);
        _balances[currency] = _balances.GetValueOrDefault(currency) - (sign * order.Value);
        if (_orders.Count == OrdersMax)
        {
            _orders.RemoveAt(0);
        }

        var row = Row(order);
        _orders.Add(row);
        Placed++;
        return row;
    }

    public TwinReply OrderOf(string id) => _orders.Find(order => Is(order, "order_id", id)) is { } order
        ? AdvancedReply.Of(new JsonObject { ["order"] = order.DeepClone() })
        : AdvancedReply.Error(404, "NOT_FOUND", "order not found");

    public TwinReply OrdersOf(TwinTarget target)
    {
        List<string> products = [.. target.All("product_ids"), .. target.All("product_id")];
        var orders = _orders.Where(order => products.Count == 0 || products.Exists(product => Is(order, "product_id", product)));
        return AdvancedReply.Of(new JsonObject { ["orders"] = new JsonArray([.. orders.Reverse().Take(250).Select(order => order.DeepClone())]), ["has_next"] = false, ["cursor"] = "" });
    }

    public TwinReply Cancel(ReadOnlyMemory<byte> body)
    {
        var ids = (Read(body)?["order_ids"] as JsonArray ?? []).Select(id => (string?)id ?? "");
        return AdvancedReply.Of(new JsonObject
        {
            ["results"] = new JsonArray([.. ids.Select(id => new JsonObject { ["success"] = false, ["failure_reason"] = "UNKNOWN_CANCEL_ORDER", ["order_id"] = id })]),
        });
    }

    public TwinReply Fills() => AdvancedReply.Of(new JsonObject
    {
        ["fills"] = new JsonArray([.. Enumerable.Reverse(_orders).Take(250).Select(order => new JsonObject
        {
            ["order_id"] = order["order_id"]!.DeepClone(),
            ["product_id"] = order["product_id"]!.DeepClone(),
            ["side"] = order["side"]!.DeepClone(),
            ["price"] = order["average_filled_price"]!.DeepClone(),
            ["size"] = order["filled_size"]!.DeepClone(),
            ["trade_time"] = order["created_time"]!.DeepClone(),
        })]),
        ["cursor"] = "",
    });

    private static JsonObject Row(AdvancedOrder order) => new()
    {
        ["order_id"] = order.OrderId,
        ["client_order_id"] = order.ClientId,
        ["product_id"] = order.Product,
        ["side"] = order.IsBuy ? "BUY" : "SELL",
        ["status"] = "FILLED",
        ["created_time"] = order.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["average_filled_price"] = Text(order.Price),
        ["filled_size"] = Text(order.Size),
        ["completion_percentage"] = "100",
    };

    private static TwinReply Success(JsonObject order) => AdvancedReply.Of(new JsonObject
    {
        ["success"] = true,
        ["success_response"] = new JsonObject
        {
            ["order_id"] = order["order_id"]!.DeepClone(),
            ["product_id"] = order["product_id"]!.DeepClone(),
            ["side"] = order["side"]!.DeepClone(),
            ["client_order_id"] = order["client_order_id"]!.DeepClone(),
        },
    });

    // A refused order is HTTP 200 with success false.
    private static TwinReply Failure(string code, string message) => AdvancedReply.Of(new JsonObject
    {
        ["success"] = false,
        ["failure_reason"] = code,
        ["error_response"] = new JsonObject { ["error"] = code, ["message"] = message, ["error_details"] = "" },
    });

    private static JsonObject? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonObject asked, string name) => asked[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool TryAmount(JsonObject asked, string name, out decimal amount) =>
        decimal.TryParse(Member(asked, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) && amount is > 0 and <= AmountMax;

    private static bool Is(JsonObject row, string name, string value) => string.Equals((string?)row[name], value, StringComparison.Ordinal);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
