using System.Text.Json.Nodes;

namespace Headgate.Upstreams.Kite;

/// <summary>What one account holds and has written: orders, trades, triggers.</summary>
internal sealed class KiteLedger(string userId, ulong draw)
{
    /// <summary>Orders of any kind an account keeps; the oldest go first.</summary>
    public const int OrdersMax = 10_000;

    public string UserId => userId;

    /// <summary>What every figure of the account follows from.</summary>
    public ulong Draw => draw;

    public List<KiteOrder> Orders { get; } = [];

    public List<JsonObject> Trades { get; } = [];

    public List<JsonObject> Triggers { get; } = [];

    public List<JsonObject> FundOrders { get; } = [];

    public List<JsonObject> FundPlans { get; } = [];

    public void Add(KiteOrder order)
    {
        if (Orders.Count == OrdersMax)
        {
            Orders.RemoveAt(0);
        }

        Orders.Add(order);
    }
}
