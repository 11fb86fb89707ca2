using System.Globalization;
using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Fleet.Exchange;

/// <summary>Coinbase Advanced Trade through the desk's door: tickers, candles, accounts, products and orders as types.</summary>
/// <remarks>Reads are safe to repeat; orders go out once each. Values are checked before they are believed: prices above zero, nothing invented for what is absent.</remarks>
/// <param name="door">Where asks go.</param>
/// <param name="signer">Signs private requests.</param>
public sealed class FleetExchange(IDeskDoor door, IRequestSigner signer)
{
    private const string Provider = "coinbase-advanced";
    private const string Root = "/api/v3/brokerage";
    private const int CandlesOfOneCall = 300;

    /// <summary>Prices of several pairs in one ask; what the exchange does not list is absent.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="maxAge">Oldest age.</param>
    /// <param name="maxStale">How much staler they may be when no fresh ones can be had: they are marked and serve display alone.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="urgency">RFC 9218.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask<Answered<IReadOnlyDictionary<string, Ticker>>> TickersAsync(
        IReadOnlyList<string> pairs, TimeSpan maxAge, TimeSpan maxStale, string client, int urgency, CancellationToken cancellation)
    {
        var target = $"{Root}/market/products?" + string.Join('&', pairs.Select(pair => "product_ids=" + Uri.EscapeDataString(pair)));
        var answer = await door.AskAsync(new DeskAsk(Provider, target) { Client = client, Urgency = urgency, MaxAge = maxAge, MaxStale = maxStale }, cancellation);
        return Read<IReadOnlyDictionary<string, Ticker>>(answer, root =>
        {
            var tickers = new Dictionary<string, Ticker>(StringComparer.Ordinal);
            foreach (var product in root.GetProperty("products").EnumerateArray())
            {
                if (TickerOf(product, answer) is { } ticker)
                {
                    tickers[ticker.Pair] = ticker;
                }
            }

            return tickers;
        });
    }

    /// <summary>One pair's price.</summary>
    public async ValueTask<Answered<Ticker>> TickerAsync(string pair, TimeSpan maxAge, TimeSpan maxStale, string client, int urgency, CancellationToken cancellation)
    {
        var answer = await door.AskAsync(
            new DeskAsk(Provider, $"{Root}/market/products/{Uri.EscapeDataString(pair)}") { Client = client, Urgency = urgency, MaxAge = maxAge, MaxStale = maxStale }, cancellation);
        return Read(answer, root => TickerOf(root, answer) is { } ticker && string.Equals(ticker.Pair, pair, StringComparison.Ordinal) ? ticker : null);
    }

    /// <summary>Hourly candles, oldest first.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="from">Beginning of the first hour.</param>
    /// <param name="before">End of the last one; an hour that is not over yet is the exchange's as it stands.</param>
    /// <param name="maxAge">Oldest age of an hour that is not over yet; null takes the endpoint's.</param>
    /// <param name="deadline">Bounds waiting and call together.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="urgency">RFC 9218.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask<Answered<IReadOnlyList<Candle>>> HoursAsync(
        string pair, DateTimeOffset from, DateTimeOffset before, TimeSpan? maxAge, TimeSpan deadline, string client, int urgency, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((before - from).TotalHours, CandlesOfOneCall);
        var target = string.Create(
            CultureInfo.InvariantCulture,
            $"{Root}/market/products/{Uri.EscapeDataString(pair)}/candles?start={from.ToUnixTimeSeconds()}&end={before.ToUnixTimeSeconds() - 1}&granularity=ONE_HOUR");
        var answer = await door.AskAsync(new DeskAsk(Provider, target) { Client = client, Urgency = urgency, MaxAge = maxAge, Deadline = deadline }, cancellation);
        return Read<IReadOnlyList<Candle>>(answer, root => [.. root.GetProperty("candles").EnumerateArray().Select(CandleOf).Where(candle => candle.Start >= from && candle.Start < before).OrderBy(candle => candle.Start)]);
    }

    /// <summary>What the account has to spend.</summary>
    public async ValueTask<Answered<Balances>> BalancesAsync(TimeSpan maxAge, string client, int urgency, CancellationToken cancellation)
    {
        const string Path = $"{Root}/accounts";
        var answer = await door.AskAsync(new DeskAsk(Provider, Path + "?limit=250") { Client = client, Urgency = urgency, MaxAge = maxAge, Headers = [Authorization("GET", Path)] }, cancellation);
        return Read(answer, root => new Balances(
            root.GetProperty("accounts").EnumerateArray().ToDictionary(account => account.GetProperty("currency").GetString()!, account => Number(account.GetProperty("available_balance").GetProperty("value")), StringComparer.Ordinal),
            door.Time.GetUtcNow() - answer.Age));
    }

    /// <summary>The fleet's products.</summary>
    public async ValueTask<Answered<IReadOnlyDictionary<string, Product>>> ProductsAsync(IReadOnlyList<string> pairs, TimeSpan maxAge, string client, int urgency, CancellationToken cancellation)
    {
        var target = $"{Root}/market/products?" + string.Join('&', pairs.Select(pair => "product_ids=" + Uri.EscapeDataString(pair)));
        var answer = await door.AskAsync(new DeskAsk(Provider, target) { Client = client, Urgency = urgency, MaxAge = maxAge }, cancellation);
        return Read<IReadOnlyDictionary<string, Product>>(answer, root => root.GetProperty("products").EnumerateArray().Select(ProductOf).ToDictionary(product => product.Pair, StringComparer.Ordinal));
    }

    /// <summary>Sends a market order, once. The same client id never makes two orders at the exchange.</summary>
    public async ValueTask<PlacedOrder> PlaceAsync(OrderRequest order, CancellationToken cancellation)
    {
        const string Path = $"{Root}/orders";
        var size = order.IsBuy ? "quote_size" : "base_size";
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["client_order_id"] = order.ClientId,
            ["product_id"] = order.Pair,
            ["side"] = order.IsBuy ? "BUY" : "SELL",
            ["order_configuration"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["market_market_ioc"] = new Dictionary<string, string>(StringComparer.Ordinal) { [size] = order.Amount.ToString(CultureInfo.InvariantCulture) } },
        });
        var answer = await door.SendAsync(
            new DeskMessage(Provider, "POST", Path) { Client = order.Bot, Urgency = 0, Headers = [Authorization("POST", Path), new HeaderField("Content-Type", "application/json")], Body = body }, cancellation);
        if (answer.IsOutcomeUnknown || answer is { Refusal: null, Status: >= 500 })
        {
            return new PlacedOrder(OrderOutcome.Unknown, null, answer.Refusal?.Detail ?? $"the exchange answered {answer.Status}");
        }

        if (answer.Refusal is { } refusal)
        {
            return new PlacedOrder(OrderOutcome.NotSent, null, refusal.Detail);
        }

        // What cannot be read may well have been done: it is asked for by its client id, not believed and not repeated.
        var read = Read(answer with { Status = 200 }, root => root.TryGetProperty("success", out var success)
            ? success.GetBoolean()
                ? new PlacedOrder(OrderOutcome.Placed, root.GetProperty("success_response").GetProperty("order_id").GetString(), null)
                : new PlacedOrder(OrderOutcome.Rejected, null, root.GetProperty("error_response").GetProperty("message").GetString())
            : new PlacedOrder(answer.Status is >= 400 and < 500 ? OrderOutcome.Rejected : OrderOutcome.Unknown, null, $"the exchange answered {answer.Status}"));
        return read.Value ?? new PlacedOrder(OrderOutcome.Unknown, null, read.Problem);
    }

    /// <summary>Looks an order up by its client id among a pair's latest orders, always at the exchange. A null order id means that there is none.</summary>
    public async ValueTask<Answered<FoundOrder>> FindAsync(string pair, string clientId, string client, CancellationToken cancellation)
    {
        const string Path = $"{Root}/orders/historical/batch";
        var answer = await door.AskAsync(
            new DeskAsk(Provider, $"{Path}?product_ids={Uri.EscapeDataString(pair)}") { Client = client, Urgency = 0, MaxAge = TimeSpan.Zero, Headers = [Authorization("GET", Path)] }, cancellation);
        return Read(answer, root =>
        {
            foreach (var order in root.GetProperty("orders").EnumerateArray())
            {
                if (string.Equals(order.GetProperty("client_order_id").GetString(), clientId, StringComparison.Ordinal))
                {
                    return new FoundOrder(order.GetProperty("order_id").GetString(), Number(order.GetProperty("average_filled_price")), Number(order.GetProperty("filled_size")));
                }
            }

            return new FoundOrder(null, 0, 0);
        });
    }

    private HeaderField Authorization(string method, string path) => new("Authorization", "Bearer " + signer.Sign(method, path, door.Time.GetUtcNow()));

    private Ticker? TickerOf(JsonElement product, DeskAnswer answer) =>
        Number(product.GetProperty("price")) is > 0 and var price
            ? new Ticker(product.GetProperty("product_id").GetString()!, price, product.TryGetProperty("volume_24h", out var volume) ? Number(volume) : 0, door.Time.GetUtcNow() - answer.Age, answer.IsStale)
            : null;

    private static Candle CandleOf(JsonElement candle) => new(
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(candle.GetProperty("start").GetString()!, CultureInfo.InvariantCulture)),
        Number(candle.GetProperty("open")),
        Number(candle.GetProperty("high")),
        Number(candle.GetProperty("low")),
        Number(candle.GetProperty("close")),
        Number(candle.GetProperty("volume")));

    private static Product ProductOf(JsonElement product) => new(
        product.GetProperty("product_id").GetString()!,
        Number(product.GetProperty("base_increment")),
        !(product.TryGetProperty("trading_disabled", out var disabled) && disabled.GetBoolean()),
        product.TryGetProperty("limit_only", out var limitOnly) && limitOnly.GetBoolean());

    private static decimal Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Answered<T> Read<T>(DeskAnswer answer, Func<JsonElement, T?> read)
        where T : class
    {
        if (!answer.IsData)
        {
            return Answered<T>.None(answer.Refusal?.Detail ?? string.Create(CultureInfo.InvariantCulture, $"the exchange answered {answer.Status}"));
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return read(document.RootElement) is { } value ? Answered<T>.Of(value) : Answered<T>.None("the exchange's answer lacks what was asked");
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Answered<T>.None($"the exchange's answer cannot be read: {unreadable.Message}");
        }
    }
}
