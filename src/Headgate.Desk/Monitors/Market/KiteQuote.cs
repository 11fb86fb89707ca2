namespace Headgate.Desk.Monitors.Market;

/// <summary>What the monitors use of a quote.</summary>
/// <param name="Last">Last price, above zero.</param>
/// <param name="Volume">Traded so far today; 0 for indices.</param>
/// <param name="Open">Today's open; 0, as the other three, where the source tells none.</param>
/// <param name="High">Today's high.</param>
/// <param name="Low">Today's low.</param>
/// <param name="PreviousClose">Close of the day before.</param>
/// <param name="Oi">Open interest; 0 for equities.</param>
/// <param name="OiDayHigh">Its high of the day.</param>
/// <param name="OiDayLow">Its low of the day.</param>
public sealed record KiteQuote(decimal Last, long Volume, decimal Open, decimal High, decimal Low, decimal PreviousClose, long Oi, long OiDayHigh, long OiDayLow);
