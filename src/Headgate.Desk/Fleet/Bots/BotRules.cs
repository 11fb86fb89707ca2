using System.Globalization;
using Headgate.Desk.Fleet.Signals;

namespace Headgate.Desk.Fleet.Bots;

/// <summary>How a bot decides: gates first, then signals, the weighted score and its confirmation. Free of state and of calls.</summary>
/// <param name="options">The fleet's settings.</param>
public sealed class BotRules(FleetOptions options)
{
    /// <summary>Decides for one bot.</summary>
    /// <param name="state">What it remembers.</param>
    /// <param name="view">What it is given.</param>
    /// <param name="fleet">Trades and profit of all bots today.</param>
    /// <param name="cycle">When the cycle began: cooldowns and confirmations count in it, so that answers a moment sooner or later decide nothing.</param>
    /// <param name="now">Now: the age of data counts from it.</param>
    /// <returns>The decision, and what the bot remembers now.</returns>
    public (BotDecision Decision, BotState State) Decide(BotState state, BotView view, FleetDayCount fleet, DateTimeOffset cycle, DateTimeOffset now)
    {
        state = state.On(DateOnly.FromDateTime(cycle.UtcDateTime));
        var decision = new BotDecision(state.Pair, BotAction.Hold, "", now)
        {
            Cycle = cycle,
            Price = view.Ticker?.Price,
            DataAge = view.Ticker is { } ticker ? now - ticker.FetchedAt : null,
            LastOrder = state.LastOrder,
        };
        if (GateBefore(state, view, fleet, cycle, now) is { } closed)
        {
            // What stands in the way does not keep a signal waiting: it must stand anew.
            return (decision with { Reason = closed }, state with { Confirming = BotAction.Hold, ConfirmingSince = null });
        }

        if (Scores.Of([.. view.Candles!.Select(candle => candle.Close)]) is not { } scores)
        {
            return (decision with { Reason = $"no evaluation: {view.Candles!.Count} hours of candles, {Scores.ClosesMin} are needed" }, state);
        }

        decision = decision with { Scores = scores };
        var side = scores.Total <= options.BuyThreshold ? BotAction.Buy : scores.Total >= options.SellThreshold ? BotAction.Sell : BotAction.Hold;
        decision = decision with { Signal = side };
        if (side == BotAction.Hold || scores.Temperature < Temperature.Warm)
        {
            return (decision with { Reason = Text($"no signal: score {scores.Total}") }, state with { Confirming = BotAction.Hold, ConfirmingSince = null });
        }

        if (GateOf(side, state, view, fleet) is { } blocked)
        {
            return (decision with { Reason = blocked }, state with { Confirming = BotAction.Hold, ConfirmingSince = null });
        }

        if (state.Confirming != side || state.ConfirmingSince is not { } since)
        {
            return (decision with { Reason = Text($"{Word(side)} signal of score {scores.Total} is being confirmed") }, state with { Confirming = side, ConfirmingSince = cycle });
        }

        return cycle - since < options.Confirmation
            ? (decision with { Reason = Text($"{Word(side)} signal of score {scores.Total} stands since {since:HH:mm:ss}") }, state)
            : (decision with { Action = side, Reason = Text($"{Word(side)}: score {scores.Total}, confirmed for {(cycle - since).TotalMinutes:0.#} min") }, state with { Confirming = BotAction.Hold, ConfirmingSince = null });
    }

    private static string Word(BotAction side) => side == BotAction.Buy ? "buy" : "sell";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // The cheap ones first; a price that is too old blocks and says so.
    private string? GateBefore(BotState state, BotView view, FleetDayCount fleet, DateTimeOffset cycle, DateTimeOffset now)
    {
        if (options.Stopped.Contains(state.Pair, StringComparer.Ordinal))
        {
            return "stopped by its settings";
        }

        if (state.OpenOrder is { } order)
        {
            return $"order {order} is being looked up";
        }

        if (state.LastTradeAt is { } traded && cycle - traded < options.Cooldown)
        {
            return Text($"cooldown until {traded + options.Cooldown:HH:mm:ss}");
        }

        if (fleet.Trades >= options.TradesPerDay || state.Trades >= options.TradesPerBotAndDay)
        {
            return "the day's trades are used up";
        }

        if (view.Ticker is not { } ticker)
        {
            return $"blocked: no price ({view.Problem ?? "the exchange does not list it"})";
        }

        if (ticker.IsStale || now - ticker.FetchedAt > options.TradingPriceMax)
        {
            return Text($"blocked: the price is {(now - ticker.FetchedAt).TotalSeconds:0} s old, {options.TradingPriceMax.TotalSeconds:0} s are allowed");
        }

        if (view.Candles is null)
        {
            return $"no evaluation: no candles ({view.Problem})";
        }

        return view.Product is { IsTradable: false } ? "blocked: trading is disabled at the exchange" : view.Product is { IsLimitOnly: true } ? "blocked: the exchange takes limit orders only" : null;
    }

    private string? GateOf(BotAction side, BotState state, BotView view, FleetDayCount fleet)
    {
        if (view.Balances is not { } balances)
        {
            return $"blocked: no balances ({view.Problem})";
        }

        if (side == BotAction.Buy)
        {
            return fleet.Profit <= -options.DailyLossMax ? Text($"blocked: the fleet lost {-fleet.Profit:0.##} dollars today")
                : state.LossesInARow >= options.LossesInARow ? Text($"blocked: {state.LossesInARow} losses in a row")
                : balances.Of("USD") < Math.Max(options.BuyMinimum, options.TradeDollars) ? Text($"blocked: {balances.Of("USD"):0.##} dollars available") : null;
        }

        var coins = Math.Min(state.Coins, balances.Of(Coin(state.Pair)));
        return coins * view.Ticker!.Price < options.SellMinimum ? Text($"blocked: {coins} {Coin(state.Pair)} of its own to sell") : null;
    }

    internal static string Coin(string pair) => pair[..pair.IndexOf('-', StringComparison.Ordinal)];
}
