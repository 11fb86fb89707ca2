using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>Public market data: products, tickers, stats, books, trades. One made-up trade per second.</summary>
internal sealed class CoinbaseMarket(IMarketTape tape)
{
    private const int TradesMax = 1000;

    private readonly Dictionary<string, (long Minute, TapeBar Bar)> _days = new(StringComparer.Ordinal); // bounded by the tape's symbols

    public TwinReply Products() => CoinbaseReply.Of(new JsonArray([.. tape.Symbols.Select(s => Product(s.Name))]));

    public TwinReply ProductOf(string id) => CoinbaseReply.Of(Product(id));

    public TwinReply Currencies() => CoinbaseReply.Of(new JsonArray(
        [.. tape.Symbols.SelectMany(s => s.Name.Split('-')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Currency)]));

    public bool Lists(string id) => tape.LastAt(id, tape.Start) is not null;

    public TwinReply Ticker(string id, DateTimeOffset now)
    {
        var (last, increment, at) = At(id, now);
        return CoinbaseReply.Of(new JsonObject
        {
            ["trade_id"] = at.ToUnixTimeSeconds(),
            ["price"] = CoinbaseText.Price(last, increment),
            ["size"] = CoinbaseText.Size(TradeSize(id, at)),
            ["time"] = CoinbaseText.Time(at),
            ["bid"] = CoinbaseText.Price(last - increment, increment),
            ["ask"] = CoinbaseText.Price(last + increment, increment),
            ["volume"] = CoinbaseText.Size(Day(id, now).Volume),
        });
    }

    public TwinReply Stats(string id, DateTimeOffset now)
    {
        var (last, increment, _) = At(id, now);
        var day = Day(id, now);
        return CoinbaseReply.Of(new JsonObject
        {
            ["open"] = CoinbaseText.Price(day.Open, increment),
            ["high"] = CoinbaseText.Price(Math.Max(day.High, last), increment),
            ["low"] = CoinbaseText.Price(Math.Min(day.Low, last), increment),
            ["last"] = CoinbaseText.Price(last, increment),
            ["volume"] = CoinbaseText.Size(day.Volume),
            ["volume_30day"] = CoinbaseText.Size(day.Volume * 30),
        });
    }

    public TwinReply Book(string id, string? level, DateTimeOffset now)
    {
        var levels = level switch
        {
            null or "1" => 1,
            "2" => 50,
            "3" => 100,
            _ => 0,
        };
        if (levels == 0)
        {
            return CoinbaseReply.Error(400, "Invalid level");
        }

        var (last, increment, at) = At(id, now);
        return CoinbaseReply.Of(new JsonObject
        {
            ["bids"] = Side(id, last, -increment, levels, at),
            ["asks"] = Side(id, last, increment, levels, at),
            ["sequence"] = at.ToUnixTimeSeconds(),
            ["auction_mode"] = false,
            ["auction"] = null,
            ["time"] = CoinbaseText.Time(at),
        });
    }

    /// <summary>Newest first; <c>after</c> pages to older trades, <c>before</c> to newer ones, by trade id.</summary>
    public TwinReply Trades(string id, TwinTarget target, DateTimeOffset now)
    {
        var limit = Math.Clamp(Number(target.First("limit")) ?? 100, 1, TradesMax);
        var newest = now.ToUnixTimeSeconds();
        if (Number(target.First("after")) is { } after)
        {
            newest = Math.Min(newest, after - 1);
        }

        var oldest = newest - limit + 1;
        if (Number(target.First("before")) is { } before)
        {
            oldest = Math.Max(oldest, before + 1);
        }

        var trades = new JsonArray();
        for (var second = newest; second >= oldest && second > 0; second--)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(second);
            var (price, increment, _) = At(id, at);
            trades.Add(new JsonObject
            {
                ["trade_id"] = second,
                ["side"] = SyntheticPath.Mix((ulong)second) % 2 == 0 ? "buy" : "sell",
                ["size"] = CoinbaseText.Size(TradeSize(id, at)),
                ["price"] = CoinbaseText.Price(price, increment),
                ["time"] = CoinbaseText.Time(at),
            });
        }

        return trades.Count == 0
            ? CoinbaseReply.Of(trades)
            : CoinbaseReply.Of(
                trades,
                new TwinHeader("CB-BEFORE", newest.ToString(CultureInfo.InvariantCulture)),
                new TwinHeader("CB-AFTER", (newest - trades.Count + 1).ToString(CultureInfo.InvariantCulture)));
    }

    private static long? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The last 24 hours, as stats and tickers state them.
    private TapeBar Day(string id, DateTimeOffset now)
    {
        // Only finished minutes count, so the figures of a minute stand until it ends. Called under the twin's lock.
        var minute = now.ToUnixTimeSeconds() / 60;
        if (!_days.TryGetValue(id, out var kept) || kept.Minute != minute)
        {
            kept = (minute, DayUntil(id, DateTimeOffset.FromUnixTimeSeconds(minute * 60)));
            _days[id] = kept;
        }

        return kept.Bar;
    }

    private TapeBar DayUntil(string id, DateTimeOffset now)
    {
        var bars = tape.Minutes(id, now.AddDays(-1), now, now);
        return bars.Count == 0 ? new TapeBar(now, 0, 0, decimal.MaxValue, 0, 0) : bars.Aggregate(TapeBars.Merge);
    }

    private (decimal Last, decimal Increment, DateTimeOffset At) At(string id, DateTimeOffset now) =>
        (tape.LastAt(id, now)!.Value, IncrementOf(id), DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()));

    private decimal IncrementOf(string id) => CoinbaseText.Increment(tape.LastAt(id, tape.Start)!.Value);

    private static decimal TradeSize(string id, DateTimeOffset at) =>
        (1 + (long)(unchecked(SyntheticPath.Mix(SyntheticPath.Hash(id) + (ulong)at.ToUnixTimeSeconds())) % 1_000_000)) / 1_000_000m;

    private static JsonArray Side(string id, decimal last, decimal step, int levels, DateTimeOffset at)
    {
        var side = new JsonArray();
        for (var i = 1; i <= levels; i++)
        {
            var price = CoinbaseText.Price(last + (step * i), Math.Abs(step));
            var size = CoinbaseText.Size(TradeSize(id, at.AddSeconds(i * (step < 0 ? -7 : 7))));
            side.Add(levels == 100 ? new JsonArray(price, size, CoinbaseText.Id("book", id, i)) : new JsonArray(price, size, 1 + (i % 5)));
        }

        return side;
    }

    private JsonObject Product(string id)
    {
        var parts = id.Split('-');
        return new JsonObject
        {
            ["id"] = id,
            ["base_currency"] = parts[0],
            ["quote_currency"] = parts[^1],
            ["quote_increment"] = IncrementOf(id).ToString(CultureInfo.InvariantCulture),
            ["base_increment"] = "0.00000001",
            ["display_name"] = id,
            ["min_market_funds"] = "1",
            ["margin_enabled"] = false,
            ["post_only"] = false,
            ["limit_only"] = false,
            ["cancel_only"] = false,
            ["status"] = "online",
            ["status_message"] = "",
            ["trading_disabled"] = false,
            ["fx_stablecoin"] = false,
            ["max_slippage_percentage"] = "0.02000000",
            ["auction_mode"] = false,
            ["high_bid_limit_percentage"] = "",
        };
    }

    private static JsonObject Currency(string id) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["min_size"] = "0.00000001",
        ["status"] = "online",
        ["message"] = "",
        ["max_precision"] = "0.00000001",
        ["convertible_to"] = new JsonArray(),
        ["details"] = new JsonObject
        {
            ["type"] = id is "USD" or "EUR" or "GBP" ? "fiat" : "crypto", ["symbol"] = null, ["network_confirmations"] = 0, ["sort_order"] = 0,
            ["crypto_address_link"] = null, ["crypto_transaction_link"] = null, ["push_payment_methods"] = new JsonArray(), ["group_types"] = new JsonArray(),
            ["display_name"] = null, ["processing_time_seconds"] = 0, ["min_withdrawal_amount"] = 0, ["max_withdrawal_amount"] = 0,
        },
        ["default_network"] = "",
        ["supported_networks"] = new JsonArray(),
        ["display_name"] = id,
    };
}
