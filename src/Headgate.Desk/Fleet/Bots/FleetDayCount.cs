namespace Headgate.Desk.Fleet.Bots;

/// <summary>What all bots together did today.</summary>
/// <param name="Trades">Orders placed.</param>
/// <param name="Profit">Realised; a loss is below zero.</param>
public readonly record struct FleetDayCount(int Trades, decimal Profit);
