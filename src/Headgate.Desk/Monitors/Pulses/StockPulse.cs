using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Series;

namespace Headgate.Desk.Monitors.Pulses;

/// <summary>A stock in a cycle.</summary>
/// <param name="Symbol">Trading symbol.</param>
/// <param name="Quote">Its quote.</param>
/// <param name="Future">Its nearest future's quote, or null.</param>
/// <param name="Sample">What the series holds of it for this minute; a cycle run again sees the same.</param>
public sealed record StockPulse(string Symbol, KiteQuote Quote, KiteQuote? Future, PriceSample Sample);
