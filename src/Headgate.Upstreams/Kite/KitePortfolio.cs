using System.Text.Json.Nodes;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Profile, margins, holdings and positions: all figures follow from the user id, so that a leak between accounts shows.</summary>
internal static class KitePortfolio
{
    public static JsonObject Profile(KiteAccount account) => new()
    {
        ["user_id"] = account.UserId,
        ["user_type"] = "individual",
        ["email"] = $"{account.UserId.ToLowerInvariant()}@example.test",
        ["user_name"] = $"Account {account.UserId}",
        ["user_shortname"] = account.UserId,
        ["broker"] = "ZERODHA",
        ["exchanges"] = new JsonArray("NSE", "NFO", "BSE"),
        ["products"] = new JsonArray("CNC", "NRML", "MIS"),
        ["order_types"] = new JsonArray("MARKET", "LIMIT", "SL", "SL-M"),
        ["avatar_url"] = null,
        ["meta"] = new JsonObject { ["demat_consent"] = "physical" },
    };

    public static JsonObject Session(KiteAccount account, string accessToken, DateTimeOffset now)
    {
        var session = Profile(account);
        session["api_key"] = account.ApiKey;
        session["access_token"] = accessToken;
        session["public_token"] = "public-" + account.UserId;
        session["refresh_token"] = "";
        session["enctoken"] = "";
        session["login_time"] = KiteTime.Stamp(now);
        return session;
    }

    public static JsonObject Margins(KiteLedger ledger) => new() { ["equity"] = Segment(ledger, 1), ["commodity"] = Segment(ledger, 2) };

    public static JsonObject Segment(KiteLedger ledger, int stream)
    {
        var cash = Figure(ledger, stream, 1_000_000) + 0.55m;
        var debits = stream == 1 ? TapePrice.Trim(cash / 5) : 0;
        return new JsonObject
        {
            ["enabled"] = true,
            ["net"] = TapePrice.Trim(cash - debits),
            ["available"] = new JsonObject
            {
                ["adhoc_margin"] = 0, ["cash"] = cash, ["opening_balance"] = cash, ["live_balance"] = TapePrice.Trim(cash - debits), ["collateral"] = 0, ["intraday_payin"] = 0,
            },
            ["utilised"] = new JsonObject
            {
                ["debits"] = debits, ["exposure"] = 0, ["m2m_realised"] = 0, ["m2m_unrealised"] = 0, ["option_premium"] = 0, ["payout"] = 0, ["span"] = debits,
                ["holding_sales"] = 0, ["turnover"] = 0, ["liquid_collateral"] = 0, ["stock_collateral"] = 0, ["delivery"] = 0,
            },
        };
    }

    public static JsonArray Holdings(IMarketTape tape, KiteBook book, KiteLedger ledger, DateTimeOffset now) =>
        new([.. Owned(book, ledger, 100, 3).Select(i => Holding(tape, ledger, i, now))]);

    public static JsonObject Positions(IMarketTape tape, KiteBook book, KiteLedger ledger, DateTimeOffset now)
    {
        var owned = Owned(book, ledger, 200, 2);
        return new JsonObject
        {
            ["net"] = new JsonArray([.. owned.Select(i => Position(tape, ledger, i, now))]),
            ["day"] = new JsonArray([.. owned.Select(i => Position(tape, ledger, i, now))]),
        };
    }

    private static List<KiteInstrument> Owned(KiteBook book, KiteLedger ledger, int stream, int count)
    {
        var shares = book.Instruments.Where(i => !i.IsIndex && !i.IsDerivative).ToList();
        return [.. Enumerable.Range(0, Math.Min(count, shares.Count)).Select(i => shares[(int)(Draw(ledger, stream + i) % (ulong)shares.Count)]).Distinct()];
    }

    private static JsonObject Holding(IMarketTape tape, KiteLedger ledger, KiteInstrument instrument, DateTimeOffset now)
    {
        var quote = tape.QuoteAt(instrument.TapeSymbol!, now)!.Value;
        var quantity = 1 + Figure(ledger, instrument.Token, 500);
        var average = TapePrice.Round(quote.PreviousClose * 0.9m, 2);
        var change = quote.Last - quote.PreviousClose;
        return new JsonObject
        {
            ["tradingsymbol"] = instrument.TradingSymbol,
            ["exchange"] = instrument.Exchange,
            ["instrument_token"] = instrument.Token,
            ["isin"] = $"INE{instrument.Token % 1_000_000:000000}0101",
            ["product"] = "CNC",
            ["price"] = 0,
            ["quantity"] = quantity,
            ["used_quantity"] = 0,
            ["t1_quantity"] = 0,
            ["realised_quantity"] = quantity,
            ["authorised_quantity"] = 0,
            ["authorised_date"] = $"{KiteTime.Day(now):yyyy-MM-dd} 00:00:00",
            ["authorisation"] = new JsonObject(),
            ["opening_quantity"] = quantity,
            ["short_quantity"] = 0,
            ["collateral_quantity"] = 0,
            ["collateral_type"] = "",
            ["discrepancy"] = false,
            ["average_price"] = average,
            ["last_price"] = quote.Last,
            ["close_price"] = quote.PreviousClose,
            ["pnl"] = TapePrice.Trim((quote.Last - average) * quantity),
            ["day_change"] = TapePrice.Trim(change),
            ["day_change_percentage"] = TapePrice.Round(change * 100 / quote.PreviousClose, 6),
            ["mtf"] = new JsonObject { ["quantity"] = 0, ["used_quantity"] = 0, ["average_price"] = 0, ["value"] = 0, ["initial_margin"] = 0 },
        };
    }

    private static JsonObject Position(IMarketTape tape, KiteLedger ledger, KiteInstrument instrument, DateTimeOffset now)
    {
        var quote = tape.QuoteAt(instrument.TapeSymbol!, now)!.Value;
        var quantity = 1 + Figure(ledger, instrument.Token + 1, 100);
        var value = TapePrice.Trim(quantity * quote.Open);
        var profit = TapePrice.Trim((quote.Last - quote.Open) * quantity);
        return new JsonObject
        {
            ["tradingsymbol"] = instrument.TradingSymbol,
            ["exchange"] = instrument.Exchange,
            ["instrument_token"] = instrument.Token,
            ["product"] = "MIS",
            ["quantity"] = quantity,
            ["overnight_quantity"] = 0,
            ["multiplier"] = 1,
            ["average_price"] = quote.Open,
            ["close_price"] = quote.PreviousClose,
            ["last_price"] = quote.Last,
            ["value"] = -value,
            ["pnl"] = profit,
            ["m2m"] = profit,
            ["unrealised"] = profit,
            ["realised"] = 0,
            ["buy_quantity"] = quantity,
            ["buy_price"] = quote.Open,
            ["buy_value"] = value,
            ["buy_m2m"] = value,
            ["sell_quantity"] = 0,
            ["sell_price"] = 0,
            ["sell_value"] = 0,
            ["sell_m2m"] = 0,
            ["day_buy_quantity"] = quantity,
            ["day_buy_price"] = quote.Open,
            ["day_buy_value"] = value,
            ["day_sell_quantity"] = 0,
            ["day_sell_price"] = 0,
            ["day_sell_value"] = 0,
        };
    }

    private static long Figure(KiteLedger ledger, long stream, int below) => (long)(Draw(ledger, stream) % (ulong)below);

    private static ulong Draw(KiteLedger ledger, long stream) => unchecked(SyntheticPath.Mix(ledger.Draw + (ulong)stream));
}
