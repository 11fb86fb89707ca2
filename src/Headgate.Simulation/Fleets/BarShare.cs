namespace Headgate.Simulation;

/// <summary>Candles asked and candles fetched.</summary>
/// <param name="Asked">Bars in the answers given.</param>
/// <param name="Fetched">Bars the upstream sent.</param>
/// <param name="Stored">Share of the asked bars that came from the store, 0 to 1.</param>
public sealed record BarShare(long Asked, long Fetched, decimal Stored);
