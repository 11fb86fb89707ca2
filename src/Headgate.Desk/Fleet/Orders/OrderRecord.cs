using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Orders;

/// <summary>An order's life as it is kept.</summary>
/// <param name="Request">What was to be sent.</param>
/// <param name="State">Where it stands.</param>
/// <param name="At">When it was made.</param>
public sealed record OrderRecord(OrderRequest Request, OrderState State, DateTimeOffset At)
{
    /// <summary>The exchange's name for it, once known.</summary>
    public string? OrderId { get; init; }

    /// <summary>Why it ended as it did, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>Mean price it filled at; 0 while unknown.</summary>
    public decimal Price { get; init; }

    /// <summary>Coins filled; 0 while unknown.</summary>
    public decimal Size { get; init; }
}

/// <summary>Where an order stands.</summary>
public enum OrderState
{
    /// <summary>On record, certainly not sent.</summary>
    New,

    /// <summary>On record as being sent: after a crash nobody knows, so it is looked up before anything else.</summary>
    Sending,

    /// <summary>At the exchange.</summary>
    Placed,

    /// <summary>Refused by the exchange, or given up before it was sent.</summary>
    Rejected,
}
