using System.Globalization;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Orders;

/// <summary>Turns confirmed decisions into orders and what became of them into what bots remember.</summary>
internal sealed class BotTrader(OrderDesk orders, BotBook book, TimeProvider time)
{
    private const decimal IncrementOfUnknown = 0.00000001m;

    /// <summary>Sends a decision's order.</summary>
    /// <returns>Whether balances may have changed.</returns>
    public async ValueTask<bool> TradeAsync(BotDecision decision, BotView view, decimal dollars, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var state = book[decision.Pair];
        var isBuy = decision.Action == BotAction.Buy;
        var amount = isBuy ? dollars : Floor(Math.Min(state.Coins, view.Balances!.Of(BotRules.Coin(decision.Pair))), view.Product?.BaseIncrement ?? IncrementOfUnknown);
        var order = await orders.SendAsync(
            decision.Pair,
            decision.Pair,
            isBuy,
            amount,
            decision.Price ?? 0,
            id => book.PutAsync(book[decision.Pair] with { OpenOrder = id, OpenedAt = cycle, LastOrder = Sentence(isBuy, amount, "sent") }, time.GetUtcNow(), CancellationToken.None),
            cancellation);
        await ApplyAsync(order);
        return order.State != OrderState.Rejected;
    }

    /// <summary>Follows the orders nobody has seen the end of.</summary>
    /// <returns>Whether balances may have changed.</returns>
    public async ValueTask<bool> FollowAsync(CancellationToken cancellation)
    {
        var changed = false;
        foreach (var state in book.All.Where(state => state.OpenOrder is not null).ToList())
        {
            if (await orders.ResumeAsync(state.OpenOrder!, cancellation) is { } order)
            {
                await ApplyAsync(order);
                changed = true;
            }
        }

        return changed;
    }

    // One write for everything an order's end changes: a crash before it finds the order open, one after it finds nothing to do.
    private ValueTask ApplyAsync(OrderRecord order)
    {
        var state = book[order.Request.Pair];
        var open = state.OpenedAt ?? order.At;
        state = state.On(DateOnly.FromDateTime(open.UtcDateTime));
        return book.PutAsync(
            order switch
            {
                { State: OrderState.Rejected } => state with { OpenOrder = null, OpenedAt = null, LastOrder = Sentence(order, $"refused: {order.Detail}") },
                { State: OrderState.Placed, Price: > 0 } => Filled(state, order) with { OpenOrder = null, OpenedAt = null, LastTradeAt = open, Trades = state.Trades + 1, LastOrder = Sentence(order, string.Create(CultureInfo.InvariantCulture, $"filled at {order.Price}, order {order.OrderId}")) },
                _ => state with { LastOrder = Sentence(order, $"outcome unknown, being looked up: {order.Detail}") },
            },
            time.GetUtcNow(),
            CancellationToken.None);
    }

    private static BotState Filled(BotState state, OrderRecord order)
    {
        if (order.Request.IsBuy)
        {
            return state with { Coins = state.Coins + order.Size, Cost = state.Cost + (order.Price * order.Size) };
        }

        var sold = Math.Min(order.Size, state.Coins);
        var cost = state.Coins == 0 ? 0 : decimal.Round(state.Cost * sold / state.Coins, 8);
        var profit = (order.Price * sold) - cost;
        return state with { Coins = state.Coins - sold, Cost = state.Cost - cost, Profit = state.Profit + profit, LossesInARow = profit < 0 ? state.LossesInARow + 1 : 0 };
    }

    private static decimal Floor(decimal amount, decimal increment) => increment > 0 ? amount - (amount % increment) : amount;

    private static string Sentence(OrderRecord order, string end) => Sentence(order.Request.IsBuy, order.Request.Amount, end);

    private static string Sentence(bool isBuy, decimal amount, string end) => string.Create(CultureInfo.InvariantCulture, $"{(isBuy ? $"buy for {amount} dollars" : $"sell {amount}")} {end}");
}
