using Headgate.Catalogue;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Fleet.Orders;
using Headgate.Upstreams;
using Headgate.Upstreams.CoinbaseAdvanced;
using Headgate.Upstreams.Providers;

namespace Headgate.Desk.Fleet.Paper;

/// <summary>An emulated exchange for the orders of a fleet that reads the real market. Orders fill at once, at the price their bot decided by.</summary>
/// <remarks>
/// It keeps nothing of its own: after a restart its account is put together from the fleet's order records, so that both always tell the same. An order it had filled
/// when the process was killed, before that was on record, it has never seen.
/// </remarks>
public sealed class PaperExchange
{
    /// <summary>What the catalogue calls it; the shipped catalogue has no such provider.</summary>
    public const string Provider = "coinbase-paper";

    private const string Account = "paper";
    private const string Resource = "Headgate.Desk.Fleet.coinbase-paper.yaml";

    // Ten years of five hundred orders a day are two million.
    private const int OrdersMax = 2_000_000;

    private readonly PaperPrices _prices = new();
    private readonly CoinbaseAdvancedTwin _twin;

    public PaperExchange() => _twin = new CoinbaseAdvancedTwin(new CoinbaseAdvancedOptions(_prices) { Unsigned = [Account], Dollars = 0 });

    /// <summary>Its definition, for a gate's catalogue.</summary>
    public static CatalogueFile Definition { get; } = new("coinbase-paper.yaml", Text());

    /// <summary>What answers, to be hosted in place of the definition's address.</summary>
    public ITwin Twin => _twin;

    /// <summary>Orders placed, earlier ones included.</summary>
    public int Orders => _twin.Orders;

    /// <summary>Opens the account: these dollars and what the orders on record made of them. Call it before the fleet runs.</summary>
    public async Task OpenAsync(IRecordStore records, decimal dollars, CancellationToken cancellation)
    {
        var orders = await OrderDesk.AllAsync(records, OrdersMax, cancellation);
        _twin.Restore(Account, dollars, [.. orders.Where(static order => order is { State: OrderState.Placed, OrderId: not null }).Select(Earlier).Where(static order => order.Price > 0)]);
    }

    /// <summary>The exchange as a fleet uses it: the market through the door, account and orders here.</summary>
    /// <param name="door">A door to an engine whose catalogue has both.</param>
    public static FleetExchange Over(Doors.IDeskDoor door) => new(door, new UnsignedTokens(Account), Provider);

    /// <summary>Takes note of the price an order will fill at.</summary>
    public void See(BotDecision decision)
    {
        if (decision.Price is { } price)
        {
            _prices.See(decision.Pair, price);
        }
    }

    // An order whose fill was not on record yet was filled at the price it was decided by all the same.
    private static AdvancedOrder Earlier(OrderRecord order)
    {
        var price = order.Price > 0 ? order.Price : order.Request.SeenPrice;
        var size = order.Size > 0 ? order.Size : !order.Request.IsBuy ? order.Request.Amount : price > 0 ? decimal.Round(order.Request.Amount / price, 8) : 0;
        return new AdvancedOrder(order.OrderId!, order.Request.ClientId, order.Request.Pair, order.Request.IsBuy, price, size, order.Request.IsBuy ? order.Request.Amount : price * size, order.At);
    }

    private static string Text()
    {
        using var stream = typeof(PaperExchange).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
