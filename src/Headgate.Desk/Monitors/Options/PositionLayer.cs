namespace Headgate.Desk.Monitors.Options;

/// <summary>One sale advised: what was the case when it was.</summary>
/// <param name="Number">1 for the entry.</param>
/// <param name="Timestamp">Scheduled start of its cycle.</param>
/// <param name="Score">Score then.</param>
/// <param name="NiftySpot">The index then.</param>
/// <param name="Vix">The volatility index then.</param>
/// <param name="Regime">Regime then.</param>
/// <param name="OiPattern">Pattern of open interest then.</param>
/// <param name="Legs">What was advised to be sold.</param>
/// <param name="Premium">Both premiums, in rupees per unit.</param>
/// <param name="Size">Share of a full position.</param>
public sealed record PositionLayer(
    int Number, DateTimeOffset Timestamp, string Signal, double Score, decimal NiftySpot, decimal Vix, string Regime, string OiPattern, OptionLegs Legs, decimal Premium, decimal Size)
{
    internal static PositionLayer Of(OptionAnalysis analysis, int number) => new(
        number, analysis.Timestamp, analysis.Signal, analysis.TotalScore, analysis.NiftySpot, analysis.Vix, analysis.MarketRegime, analysis.OiPatternName,
        analysis.Best.Legs, analysis.Best.TotalPremium, analysis.PositionSize);
}
