using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Orders;

/// <summary>Sends orders exactly once: each has a client id that is durable before it is sent; what nobody knows the outcome of is looked up by it, never repeated blindly.</summary>
/// <remarks>Orders are paper: they reach an emulated exchange, through the same path a real one would take.</remarks>
/// <param name="exchange">Where orders go.</param>
/// <param name="records">Where they are kept.</param>
/// <param name="time">The wall clock.</param>
public sealed class OrderDesk(FleetExchange exchange, IRecordStore records, TimeProvider time)
{
    private const string Kind = "fleet.order";

    // A request that left may be on its way this long; until then "there is none" proves nothing.
    private static readonly TimeSpan InFlightMax = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private long _number;

    /// <summary>Sends an order and follows it to where it can be followed now.</summary>
    /// <param name="bot">Whose.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="isBuy">Buys for dollars; else sells coins.</param>
    /// <param name="amount">Above zero.</param>
    /// <param name="seenPrice">The price it was decided by; 0 when it is not known.</param>
    /// <param name="claim">Made durable together with the order's name, before anything is sent: told the client id.</param>
    /// <param name="cancellation">Leaves before the send; what went out is followed all the same.</param>
    public async ValueTask<OrderRecord> SendAsync(string bot, string pair, bool isBuy, decimal amount, decimal seenPrice, Func<string, ValueTask> claim, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"hg-{pair}-{now.UtcTicks:x}-{Interlocked.Increment(ref _number)}");
        var order = new OrderRecord(new OrderRequest(id, bot, pair, isBuy, amount) { SeenPrice = seenPrice }, OrderState.New, now);
        await PutAsync(order);
        await claim(id);
        return await SendAsync(order);
    }

    /// <summary>Takes an order up again: looks it up where nobody knows, sends it where it certainly was not.</summary>
    /// <returns>The order as it stands now; null when nobody has heard of it.</returns>
    public async ValueTask<OrderRecord?> ResumeAsync(string clientId, CancellationToken cancellation)
    {
        if (await GetAsync(clientId, cancellation) is not { } order)
        {
            return null;
        }

        return order.State switch
        {
            // A decision of another time is not carried out late.
            OrderState.New => await EndAsync(order with { State = OrderState.Rejected, Detail = "not sent before the process ended" }),
            OrderState.Sending => await LookUpAsync(order),
            OrderState.Placed when order.Price == 0 => await FillAsync(order),
            _ => order,
        };
    }

    /// <summary>Orders on record, oldest first.</summary>
    /// <param name="records">Where they are kept.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">Leaves.</param>
    public static async ValueTask<IReadOnlyList<OrderRecord>> AllAsync(IRecordStore records, int max, CancellationToken cancellation) =>
        [.. (await records.QueryAsync(new RecordQuery(Kind) { Max = max }, cancellation)).Select(record => JsonSerializer.Deserialize<OrderRecord>(record.Content.Span, Json)!)];

    private async ValueTask<OrderRecord> SendAsync(OrderRecord order)
    {
        order = order with { State = OrderState.Sending };
        await PutAsync(order);
        var placed = await exchange.PlaceAsync(order.Request, CancellationToken.None);
        return placed.Outcome switch
        {
            OrderOutcome.Placed => await FillAsync(order with { State = OrderState.Placed, OrderId = placed.OrderId }),
            OrderOutcome.Rejected or OrderOutcome.NotSent => await EndAsync(order with { State = OrderState.Rejected, Detail = placed.Problem }),
            _ => await LookUpAsync(order with { Detail = placed.Problem }),
        };
    }

    private async ValueTask<OrderRecord> LookUpAsync(OrderRecord order)
    {
        var found = await exchange.FindAsync(order.Request.Pair, order.Request.ClientId, order.Request.Bot, CancellationToken.None);
        return found.Value switch
        {
            { OrderId: { } id } known => await EndAsync(order with { State = OrderState.Placed, OrderId = id, Price = known.Price, Size = known.Size, Detail = null }),
            { OrderId: null } when time.GetUtcNow() - order.At > InFlightMax => await EndAsync(order with { State = OrderState.Rejected, Detail = "the exchange has never seen it" }),
            _ => order with { Detail = found.Problem ?? "the exchange has not seen it yet" },
        };
    }

    private async ValueTask<OrderRecord> FillAsync(OrderRecord order)
    {
        var found = await exchange.FindAsync(order.Request.Pair, order.Request.ClientId, order.Request.Bot, CancellationToken.None);
        return await EndAsync(found.Value is { OrderId: not null } known ? order with { Price = known.Price, Size = known.Size } : order with { Detail = found.Problem });
    }

    private async ValueTask<OrderRecord> EndAsync(OrderRecord order)
    {
        await PutAsync(order);
        return order;
    }

    private async ValueTask<OrderRecord?> GetAsync(string clientId, CancellationToken cancellation) =>
        await records.GetAsync(Kind, clientId, cancellation) is { } record ? JsonSerializer.Deserialize<OrderRecord>(record.Content.Span, Json) : null;

    private ValueTask PutAsync(OrderRecord order) =>
        records.PutAsync([new StoredRecord(Kind, order.Request.ClientId, order.At, JsonSerializer.SerializeToUtf8Bytes(order, Json))], CancellationToken.None);
}
