using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Market;

/// <summary>One bot's own asks.</summary>
internal sealed class PairReader(FleetExchange exchange, TimeProvider time, FleetOptions options, TimeSpan tickerAgeMax, TimeSpan? candlesAgeMax)
{
    public async Task<BotView> ReadAsync(string pair, Answered<Balances> balances, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(1);
        var candles = await exchange.HoursAsync(pair, end.AddHours(-options.Candles), end, candlesAgeMax, options.CandlesDeadline, pair, urgency: 3, cancellation);
        var ticker = await exchange.TickerAsync(pair, tickerAgeMax, options.DisplayPriceMax, pair, urgency: 2, cancellation);
        return new BotView(ticker.Value, candles.Value, balances.Value, Product: null, ticker.Problem ?? candles.Problem ?? balances.Problem);
    }

    /// <summary>With balances of its own: asked for, and asked for again to check them, as the replaced bots did.</summary>
    public async Task<BotView> ReadAloneAsync(string pair, CancellationToken cancellation)
    {
        await exchange.BalancesAsync(TimeSpan.Zero, pair, urgency: 3, cancellation);
        var balances = await exchange.BalancesAsync(TimeSpan.Zero, pair, urgency: 3, cancellation);
        return await ReadAsync(pair, balances, cancellation);
    }
}
