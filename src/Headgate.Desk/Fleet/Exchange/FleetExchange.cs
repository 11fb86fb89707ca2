using System.Globalization;
using System.Text.Json;
using Headgate.Desk.Doors;
using Headgate.Desk.Fleet.Statistics;

namespace Headgate.Desk.Fleet.Exchange;

/// <summary>Coinbase Advanced Trade through the desk's door: tickers, candles, accounts, balances, products and orders as types.</summary>
/// <remarks>Safe for concurrent use. Reads are safe to repeat; orders go out once each. Values are checked before they are believed: prices above zero, nothing invented for what is absent.</remarks>
/// <param name="door">Where asks go.</param>
/// <param name="signer">Signs private requests.</param>
/// <param name="account">The catalogue's name of where account and orders are: the market's own exchange, or another one that only plays it.</param>
public sealed class FleetExchange(IDeskDoor door, IRequestSigner signer, string account = FleetExchange.Provider)
{
    /// <summary>The catalogue's name of the market.</summary>
    public const string Provider = "coinbase-advanced";

    /// <summary>Widths of candles by the exchange's names.</summary>
    private static readonly Dictionary<TimeSpan, string> Widths = new()
    {
        [TimeSpan.FromMinutes(1)] = "ONE_MINUTE", [TimeSpan.FromMinutes(5)] = "FIVE_MINUTE", [TimeSpan.FromMinutes(15)] = "FIFTEEN_MINUTE",
        [TimeSpan.FromHours(1)] = "ONE_HOUR", [TimeSpan.FromHours(6)] = "SIX_HOUR", [TimeSpan.FromDays(1)] = "ONE_DAY",
    };

    private const string Root = "/api/v3/brokerage";
    private const int CandlesOfOneCall = 300;

    /// <summary>The wall clock it lives by.</summary>
    public TimeProvider Time => door.Time;

    /// <summary>What was asked through it, and what that cost.</summary>
    public FleetStatistics Statistics { get; } = new(door.Time);

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
        var answer = await AskAsync(FleetData.Ticker, pairs.Count, new DeskAsk(Provider, target) { Client = client, Urgency = urgency, Ttl = maxAge, StaleMax = maxAge + maxStale }, cancellation);
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
        var answer = await AskAsync(
            FleetData.Ticker,
            1,
            new DeskAsk(Provider, $"{Root}/market/products/{Uri.EscapeDataString(pair)}") { Client = client, Urgency = urgency, Ttl = maxAge, StaleMax = maxAge + maxStale }, cancellation);
        return Read(answer, root => TickerOf(root, answer) is { } ticker && string.Equals(ticker.Pair, pair, StringComparison.Ordinal) ? ticker : null);
    }

    /// <summary>Candles, oldest first.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="width">A minute, 5 or 15 minutes, an hour, 6 hours or a day.</param>
    /// <param name="from">Beginning of the first one.</param>
    /// <param name="before">End of the last one, 300 of them later at most; one that is not over yet is the exchange's as it stands.</param>
    /// <param name="maxAge">Oldest age of one that is not over yet; null takes the endpoint's.</param>
    /// <param name="deadline">Bounds waiting and call together.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="urgency">RFC 9218.</param>
    /// <param name="cancellation">Leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another width, or more than 300 candles.</exception>
    public async ValueTask<Answered<IReadOnlyList<Candle>>> CandlesAsync(
        string pair, TimeSpan width, DateTimeOffset from, DateTimeOffset before, TimeSpan? maxAge, TimeSpan deadline, string client, int urgency, CancellationToken cancellation)
    {
        var granularity = Widths.TryGetValue(width, out var name) ? name : throw new ArgumentOutOfRangeException(nameof(width), width, "There are candles of 1, 5 and 15 minutes, 1 and 6 hours, and a day.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan((before - from) / width, CandlesOfOneCall);
        var target = string.Create(
            CultureInfo.InvariantCulture,
            $"{Root}/market/products/{Uri.EscapeDataString(pair)}/candles?start={from.ToUnixTimeSeconds()}&end={before.ToUnixTimeSeconds() - 1}&granularity={granularity}");
        var answer = await AskAsync(FleetData.Historical, 1, new DeskAsk(Provider, target) { Client = client, Urgency = urgency, MaxAge = maxAge, Deadline = deadline }, cancellation);
        return Read<IReadOnlyList<Candle>>(answer, root => [.. root.GetProperty("candles").EnumerateArray().Select(CandleOf).Where(candle => candle.Start >= from && candle.Start < before).OrderBy(candle => candle.Start)]);
    }

    /// <summary>Hourly candles, oldest first; see <see cref="CandlesAsync"/>.</summary>
    public ValueTask<Answered<IReadOnlyList<Candle>>> HoursAsync(
        string pair, DateTimeOffset from, DateTimeOffset before, TimeSpan? maxAge, TimeSpan deadline, string client, int urgency, CancellationToken cancellation) =>
        CandlesAsync(pair, TimeSpan.FromHours(1), from, before, maxAge, deadline, client, urgency, cancellation);

    /// <summary>What the account has to spend.</summary>
    public ValueTask<Answered<Balances>> BalancesAsync(TimeSpan maxAge, string client, int urgency, CancellationToken cancellation) =>
        BalancesAsync(FleetData.Accounts, maxAge, client, urgency, cancellation);

    /// <summary>What the account has of one currency; 0 of one it has never had.</summary>
    public async ValueTask<Answered<Balance>> BalanceAsync(string currency, TimeSpan maxAge, string client, int urgency, CancellationToken cancellation)
    {
        var all = await BalancesAsync(FleetData.Balance, maxAge, client, urgency, cancellation);
        return all.Value is { } balances ? Answered<Balance>.Of(new Balance(currency, balances.Of(currency), balances.FetchedAt)) : Answered<Balance>.None(all.Problem!);
    }

    private async ValueTask<Answered<Balances>> BalancesAsync(FleetData data, TimeSpan maxAge, string client, int urgency, CancellationToken cancellation)
    {
        const string Path = $"{Root}/accounts";
        var answer = await AskAsync(
            data, 1, new DeskAsk(account, Path + "?limit=250") { Client = client, Urgency = urgency, MaxAge = maxAge, Headers = [Authorization("GET", Path)] }, cancellation);
        return Read(answer, root => new Balances(
            root.GetProperty("accounts").EnumerateArray().ToDictionary(row => row.GetProperty("currency").GetString()!, row => Number(row.GetProperty("available_balance").GetProperty("value")), StringComparer.Ordinal),
            door.Time.GetUtcNow() - answer.Age));
    }

    /// <summary>The fleet's products.</summary>
    public async ValueTask<Answered<IReadOnlyDictionary<string, Product>>> ProductsAsync(IReadOnlyList<string> pairs, TimeSpan maxAge, string client, int urgency, CancellationToken cancellation)
    {
        var target = $"{Root}/market/products?" + string.Join('&', pairs.Select(pair => "product_ids=" + Uri.EscapeDataString(pair)));
        var answer = await AskAsync(FleetData.Products, pairs.Count, new DeskAsk(Provider, target) { Client = client, Urgency = urgency, Ttl = maxAge, StaleMax = TimeSpan.Zero }, cancellation);
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
        var answer = await NoteAsync(FleetData.Order, order.Bot, 1, door.SendAsync(
            new DeskMessage(account, "POST", Path) { Client = order.Bot, Urgency = 0, Headers = [Authorization("POST", Path), new HeaderField("Content-Type", "application/json")], Body = body }, cancellation));
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
        var answer = await AskAsync(
            FleetData.OrderStatus,
            1,
            new DeskAsk(account, $"{Path}?product_ids={Uri.EscapeDataString(pair)}") { Client = client, Urgency = 0, MaxAge = TimeSpan.Zero, Headers = [Authorization("GET", Path)] }, cancellation);
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

    private ValueTask<DeskAnswer> AskAsync(FleetData data, int items, DeskAsk ask, CancellationToken cancellation) => NoteAsync(data, ask.Client, items, door.AskAsync(ask, cancellation));

    private async ValueTask<DeskAnswer> NoteAsync(FleetData data, string caller, int items, ValueTask<DeskAnswer> asked)
    {
        var began = door.Time.GetTimestamp();
        var answer = await asked;
        Statistics.Note(data, caller, items, answer, door.Time.GetElapsedTime(began));
        return answer;
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
