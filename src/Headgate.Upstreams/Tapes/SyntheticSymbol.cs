namespace Headgate.Upstreams.Tapes;

/// <summary>A listed symbol of a synthetic tape.</summary>
/// <param name="Name">The symbol.</param>
/// <param name="BaseUnits">The price the path moves around, in units of 10^-<paramref name="Decimals"/>.</param>
/// <param name="Decimals">Places after the point, 0 to 8.</param>
/// <param name="TickUnits">The tick in those units (0.05 at two places is 5).</param>
/// <param name="IsIndex">True where nothing trades.</param>
/// <param name="Liveliness">How much stronger than usual it moves within hours, 1 to 10; default 1, about what a liquid share does on a quiet day.</param>
public sealed record SyntheticSymbol(string Name, long BaseUnits, int Decimals = 2, int TickUnits = 5, bool IsIndex = false, int Liveliness = 1);
