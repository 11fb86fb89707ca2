namespace Headgate.Desk.Fleet.Statistics;

/// <summary>Calls of a span.</summary>
/// <param name="All">All of them.</param>
/// <param name="Reads">Of these, for market data and the account; the others are orders and their look-ups.</param>
public readonly record struct FleetCallRate(long All, long Reads);
