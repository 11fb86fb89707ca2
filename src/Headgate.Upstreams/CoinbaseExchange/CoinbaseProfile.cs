using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>What one profile holds and has written: market orders fill at once, limit orders stay open until cancelled.</summary>
internal sealed class CoinbaseProfile(string id)
{
    private const int OrdersMax = 10_000;
    private const decimal AmountMax = 1_000_000_000_000; // products of two stay far from overflow

    private readonly List<JsonObject> _orders = [];
    private readonly List<JsonObject> _fills = [];
    private long _sequence;

    public TwinReply Accounts(IMarketTape tape) => CoinbaseReply.Of(new JsonArray([.. Currencies(tape).Select(Account)]));

    public TwinReply AccountOf(IMarketTape tape, string accountId) =>
        Currencies(tape).Select(Account).FirstOrDefault(a => Is(a, "id", accountId)) is { } account ? CoinbaseReply.Of(account) : CoinbaseReply.NotFound();

    public TwinReply Orders(TwinTarget target)
    {
        var wanted = target.All("status").ToList();
        bool Shown(JsonObject order) => wanted.Count == 0 ? Is(order, "status", "open") : wanted.Contains("all", StringComparer.Ordinal) || wanted.Exists(w => Is(order, "status", w));
        return CoinbaseReply.Of(new JsonArray([.. _orders.Where(Shown).Reverse().Select(o => o.DeepClone())]));
    }

    public TwinReply OrderOf(string orderId) => Find(orderId) is { } order ? CoinbaseReply.Of(order.DeepClone()) : CoinbaseReply.NotFound();

    public TwinReply Fills() => CoinbaseReply.Of(new JsonArray([.. Enumerable.Reverse(_fills).Select(f => f.DeepClone())]));

    public TwinReply Place(IMarketTape tape, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (Read(body) is not { } asked)
        {
            return CoinbaseReply.Error(400, "Bad request");
        }

        var product = Text(asked, "product_id") ?? "";
        var type = Text(asked, "type") ?? "limit";
        if (tape.LastAt(product, now) is not { } last)
        {
            return CoinbaseReply.NotFound();
        }

        if (!TryAmount(asked, "size", out var size) || (string.Equals(type, "limit", StringComparison.Ordinal) & !TryAmount(asked, "price", out var price)) || Text(asked, "side") is not ("buy" or "sell"))
        {
            return CoinbaseReply.Error(400, "size, price or side is invalid");
        }

        var isMarket = string.Equals(type, "market", StringComparison.Ordinal);
        var order = New(asked, product, type, size, isMarket ? last : price, isMarket, now);
        if (_orders.Count == OrdersMax)
        {
            _orders.RemoveAt(0);
        }

        _orders.Add(order);
        if (isMarket)
        {
            Fill(order, last, size, now);
        }

        return CoinbaseReply.Of(order.DeepClone());
    }

    public TwinReply Cancel(string orderId)
    {
        if (Find(orderId) is not { } order || !Is(order, "status", "open"))
        {
            return CoinbaseReply.Error(404, "order not found");
        }

        _orders.Remove(order); // a cancelled order without fills is not kept, as documented
        return CoinbaseReply.Of(JsonValue.Create(orderId));
    }

    public TwinReply CancelAll()
    {
        var open = _orders.Where(o => Is(o, "status", "open")).ToList();
        open.ForEach(o => _orders.Remove(o));
        return CoinbaseReply.Of(new JsonArray([.. open.Select(o => o["id"]!.DeepClone())]));
    }

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

    private static bool TryAmount(JsonObject asked, string name, out decimal amount) =>
        decimal.TryParse(asked[name]?.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) && amount is > 0 and <= AmountMax;

    private static string? Text(JsonObject asked, string name) => asked[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool Is(JsonObject row, string name, string value) => string.Equals((string?)row[name], value, StringComparison.Ordinal);

    private static IEnumerable<string> Currencies(IMarketTape tape) =>
        tape.Symbols.SelectMany(s => s.Name.Split('-')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private JsonObject? Find(string orderId) => _orders.Find(o => Is(o, "id", orderId));

    private JsonObject Account(string currency)
    {
        var balance = (long)(SyntheticPath.Hash($"{id}/{currency}") % 10_000_000) / 1000m;
        return new JsonObject
        {
            ["id"] = CoinbaseText.Id("account", $"{id}/{currency}", 0),
            ["currency"] = currency,
            ["balance"] = CoinbaseText.Size(balance),
            ["hold"] = "0.00000000",
            ["available"] = CoinbaseText.Size(balance),
            ["profile_id"] = id,
            ["trading_enabled"] = true,
        };
    }

    private JsonObject New(JsonObject asked, string product, string type, decimal size, decimal price, bool isDone, DateTimeOffset now) => new()
    {
        ["id"] = CoinbaseText.Id("order", id, ++_sequence),
        ["client_oid"] = Text(asked, "client_oid"),
        ["price"] = CoinbaseText.Size(price),
        ["size"] = CoinbaseText.Size(size),
        ["product_id"] = product,
        ["profile_id"] = id,
        ["side"] = Text(asked, "side"),
        ["type"] = type,
        ["time_in_force"] = "GTC",
        ["post_only"] = false,
        ["created_at"] = CoinbaseText.Time(now),
        ["fill_fees"] = "0.00000000",
        ["filled_size"] = CoinbaseText.Size(isDone ? size : 0),
        ["executed_value"] = CoinbaseText.Size(isDone ? size * price : 0),
        ["status"] = isDone ? "done" : "open",
        ["settled"] = isDone,
    };

    private void Fill(JsonObject order, decimal price, decimal size, DateTimeOffset now)
    {
        if (_fills.Count == OrdersMax)
        {
            _fills.RemoveAt(0);
        }

        _fills.Add(new JsonObject
        {
            ["trade_id"] = _sequence,
            ["product_id"] = order["product_id"]!.DeepClone(),
            ["order_id"] = order["id"]!.DeepClone(),
            ["user_id"] = id,
            ["profile_id"] = id,
            ["liquidity"] = "T",
            ["price"] = CoinbaseText.Size(price),
            ["size"] = CoinbaseText.Size(size),
            ["fee"] = "0.00000000",
            ["created_at"] = CoinbaseText.Time(now),
            ["side"] = order["side"]!.DeepClone(),
            ["settled"] = true,
            ["usd_volume"] = CoinbaseText.Size(price * size),
        });
    }
}
