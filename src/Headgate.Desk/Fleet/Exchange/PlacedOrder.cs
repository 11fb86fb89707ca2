namespace Headgate.Desk.Fleet.Exchange;

/// <summary>What became of sending an order.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="OrderId">The exchange's name for it, when placed.</param>
/// <param name="Problem">Why it was not placed, or null.</param>
public sealed record PlacedOrder(OrderOutcome Outcome, string? OrderId, string? Problem);

/// <summary>How sending an order ended.</summary>
public enum OrderOutcome
{
    /// <summary>The exchange has it.</summary>
    Placed,

    /// <summary>The exchange refused it.</summary>
    Rejected,

    /// <summary>It never left the gate.</summary>
    NotSent,

    /// <summary>It left, and nobody knows: it is looked up by its client id before anything else.</summary>
    Unknown,
}
