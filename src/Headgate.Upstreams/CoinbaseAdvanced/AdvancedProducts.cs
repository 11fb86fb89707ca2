using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.CoinbaseAdvanced;

/// <summary>Products, quotes and candles of a tape.</summary>
internal sealed class AdvancedProducts(IMarketTape tape)
{
    private const int CandlesMax = 300;
    private const int ClosedMax = 100_000;
    private const decimal HalfSpread = 0.0002m;

    private static readonly Dictionary<string, int> Granularities = new(StringComparer.Ordinal)
    {
        ["ONE_MINUTE"] = 1, ["FIVE_MINUTE"] = 5, ["FIFTEEN_MINUTE"] = 15, ["THIRTY_MINUTE"] = 30, ["ONE_HOUR"] = 60, ["TWO_HOUR"] = 120, ["FOUR_HOUR"] = 240, ["SIX_HOUR"] = 360, ["ONE_DAY"] = 1440,
    };

    private readonly Dictionary<(string Product, int Minutes, DateTimeOffset Start), TapeBar> _closed = [];

    /// <summary>The named products, or all; unknown ones are left out.</summary>
    public TwinReply List(IReadOnlyList<string> ids, DateTimeOffset now)
    {
        var wanted = ids.Count == 0 ? tape.Symbols.Select(symbol => symbol.Name) : ids.Distinct(StringComparer.Ordinal);
        JsonArray products = [.. wanted.Select(id => Product(id, now)).OfType<JsonObject>()];
        return AdvancedReply.Of(new JsonObject { ["products"] = products, ["num_products"] = products.Count });
    }

    public TwinReply One(string id, DateTimeOffset now) => Product(id, now) is { } product ? AdvancedReply.Of(product) : AdvancedReply.NotFound();

    public TwinReply BestBidAsk(IReadOnlyList<string> ids, DateTimeOffset now)
    {
        var wanted = ids.Count == 0 ? tape.Symbols.Select(symbol => symbol.Name) : ids.Distinct(StringComparer.Ordinal);
        return AdvancedReply.Of(new JsonObject { ["pricebooks"] = new JsonArray([.. wanted.Select(id => Pricebook(id, now)).OfType<JsonObject>()]) });
    }

    public TwinReply Book(string id, DateTimeOffset now) => Pricebook(id, now) is { } book ? AdvancedReply.Of(new JsonObject { ["pricebook"] = book }) : AdvancedReply.NotFound();

    public TwinReply Ticker(string id, DateTimeOffset now)
    {
        if (tape.QuoteAt(id, now) is not { } quote)
        {
            return AdvancedReply.NotFound();
        }

        var trade = new JsonObject
        {
            ["trade_id"] = quote.LastTradeAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["product_id"] = id,
            ["price"] = Text(quote.Last),
            ["size"] = "0.01",
            ["time"] = Iso(quote.LastTradeAt),
            ["side"] = "BUY",
        };
        return AdvancedReply.Of(new JsonObject { ["trades"] = new JsonArray(trade), ["best_bid"] = Text(Bid(quote.Last)), ["best_ask"] = Text(Ask(quote.Last)) });
    }

    public TwinReply Candles(string id, TwinTarget target, DateTimeOffset now)
    {
        if (tape.LastAt(id, now) is null)
        {
            return AdvancedReply.NotFound();
        }

        if (!Granularities.TryGetValue(target.First("granularity") ?? "", out var minutes) || Second(target.First("start")) is not { } from || Second(target.First("end")) is not { } to || from > to)
        {
            return AdvancedReply.Error(400, "INVALID_ARGUMENT", "start, end and granularity are required");
        }

        if ((to - from).TotalMinutes / minutes > CandlesMax)
        {
            return AdvancedReply.Error(400, "INVALID_ARGUMENT", $"number of candles requested should be less than {CandlesMax}");
        }

        var width = TimeSpan.FromMinutes(minutes);
        var first = from.AddTicks(-(from.Ticks % width.Ticks));
        var bars = minutes == 1440 ? tape.Days(id, first, to, now) : Joined(id, first, to, minutes, now);
        return AdvancedReply.Of(new JsonObject { ["candles"] = new JsonArray([.. bars.Where(bar => bar.Start >= first && bar.Start <= to).Reverse().Select(Row)]) });
    }

    // Fleets ask for the same hours again and again; joining them from minutes each time would be most of a simulated day's work.
    private List<TapeBar> Joined(string id, DateTimeOffset first, DateTimeOffset to, int minutes, DateTimeOffset now)
    {
        var joined = new List<TapeBar>();
        for (var start = first; start <= to && start < now; start = start.AddMinutes(minutes))
        {
            if (_closed.TryGetValue((id, minutes, start), out var known))
            {
                joined.Add(known);
                continue;
            }

            var bars = TapeBars.Join(tape.Minutes(id, start, start.AddMinutes(minutes - 1), now), minutes, TimeSpan.Zero);
            joined.AddRange(bars);
            if (bars.Count == 1 && start.AddMinutes(minutes) <= now)
            {
                if (_closed.Count == ClosedMax)
                {
                    _closed.Clear();
                }

                _closed[(id, minutes, start)] = bars[0];
            }
        }

        return joined;
    }

    private static JsonObject Row(TapeBar bar) => new()
    {
        ["start"] = bar.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["low"] = Text(bar.Low),
        ["high"] = Text(bar.High),
        ["open"] = Text(bar.Open),
        ["close"] = Text(bar.Close),
        ["volume"] = Text(bar.Volume),
    };

    private JsonObject? Product(string id, DateTimeOffset now)
    {
        if (tape.QuoteAt(id, now) is not { } quote || id.Split('-') is not [var coin, var currency])
        {
            return null;
        }

        return new JsonObject
        {
            ["product_id"] = id,
            ["price"] = Text(quote.Last),
            ["price_percentage_change_24h"] = Text(quote.Open == 0 ? 0 : decimal.Round((quote.Last - quote.Open) / quote.Open * 100, 8)),
            ["volume_24h"] = Text(quote.Volume),
            ["base_increment"] = "0.00000001",
            ["quote_increment"] = "0.01",
            ["base_min_size"] = "0.00000001",
            ["quote_min_size"] = "1",
            ["status"] = "online",
            ["trading_disabled"] = false,
            ["limit_only"] = false,
            ["product_type"] = "SPOT",
            ["quote_currency_id"] = currency,
            ["base_currency_id"] = coin,
            ["display_name"] = id,
            ["product_venue"] = "CBE",
        };
    }

    private JsonObject? Pricebook(string id, DateTimeOffset now) => tape.QuoteAt(id, now) is not { } quote
        ? null
        : new JsonObject
        {
            ["product_id"] = id,
            ["bids"] = new JsonArray(new JsonObject { ["price"] = Text(Bid(quote.Last)), ["size"] = "1.5" }),
            ["asks"] = new JsonArray(new JsonObject { ["price"] = Text(Ask(quote.Last)), ["size"] = "1.5" }),
            ["time"] = Iso(quote.LastTradeAt),
        };

    private static decimal Bid(decimal last) => TapePrice.Round(last * (1 - HalfSpread), 8);

    private static decimal Ask(decimal last) => TapePrice.Round(last * (1 + HalfSpread), 8);

    private static DateTimeOffset? Second(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 32_503_680_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
