namespace Headgate.Desk.Monitors.Options;

/// <summary>How things stood at a check of a position.</summary>
/// <param name="Timestamp">Scheduled start of its cycle.</param>
/// <param name="Score">Score, a veto left aside.</param>
/// <param name="NiftySpot">The index.</param>
/// <param name="Vix">The volatility index.</param>
/// <param name="Regime">Regime.</param>
/// <param name="OiPattern">Pattern of open interest.</param>
/// <param name="Premiums">Premium of each layer now, in rupees per unit, null where it could not be had.</param>
public sealed record PositionCheck(
    DateTimeOffset Timestamp, double Score, decimal NiftySpot, decimal Vix, string Regime, string OiPattern, IReadOnlyList<decimal?> Premiums)
{
    /// <summary>
    /// Sum over layers of premium at entry less premium now, in rupees per unit; null when one is not known. Never estimated from anything else.
    /// </summary>
    public decimal? ProfitAndLoss(IReadOnlyList<PositionLayer> layers)
    {
        if (layers.Count == 0 || layers.Count != Premiums.Count)
        {
            return null;
        }

        var sum = 0m;
        for (var i = 0; i < layers.Count; i++)
        {
            if (Premiums[i] is not { } now)
            {
                return null;
            }

            sum += layers[i].Premium - now;
        }

        return sum;
    }
}
