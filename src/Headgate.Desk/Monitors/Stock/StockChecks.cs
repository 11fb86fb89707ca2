using Headgate.Desk.Monitors.Series;

namespace Headgate.Desk.Monitors.Stock;

/// <summary>The stock monitor's four checks, in their order; several may come true at once.</summary>
public static class StockChecks
{
    /// <summary>Every check that is true of these moves, drops before rises.</summary>
    public static IEnumerable<StockFinding> Of(StockMoves moves, StockMonitorOptions options) =>
        options.RiseAlerts ? Of(moves, options, isRise: false).Concat(Of(moves, options, isRise: true)) : Of(moves, options, isRise: false);

    private static IEnumerable<StockFinding> Of(StockMoves moves, StockMonitorOptions options, bool isRise)
    {
        var spike = moves.Volume(options.VolumeMinHistory, options.VolumeMaxHistory);
        if (Reaches(moves.Change5, options.VolumeSpikePercent, isRise) && spike?.Multiple > options.VolumeSpikeMultiple)
        {
            yield return new("volume_spike", isRise, moves.Ago5!.Value, moves.Change5!.Value, options.VolumeSpikeCooldown, spike);
        }

        if (Reaches(moves.Change5, options.FiveMinutePercent, isRise))
        {
            yield return new("5min", isRise, moves.Ago5!.Value, moves.Change5!.Value, options.FiveMinuteCooldown, spike);
        }

        if (Reaches(moves.Change10, options.TenMinutePercent, isRise))
        {
            yield return new("10min", isRise, moves.Ago10!.Value, moves.Change10!.Value, options.TenMinuteCooldown, moves.Volume(2, 2));
        }

        if (Reaches(moves.Change30, options.ThirtyMinutePercent, isRise))
        {
            yield return new("30min", isRise, moves.Ago30!.Value, moves.Change30!.Value, options.ThirtyMinuteCooldown, moves.Volume(6, 6));
        }
    }

    private static bool Reaches(decimal? change, decimal threshold, bool isRise) => (isRise ? change : -change) >= threshold;
}
