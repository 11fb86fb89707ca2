using Headgate.Strategies.Store;

namespace Headgate.Strategies.Windows;

/// <summary>Re-entry on spot moves (specification §3.2): closes only, bounds inclusive, the reference resets at each trigger.</summary>
internal static class SpotAdjuster
{
    /// <summary>The intervals of a segment; from and to differ in each.</summary>
    /// <param name="type">0 none, 1 rise, 2 fall, 3 either.</param>
    /// <param name="percent">The move that triggers, in percent of the reference close; above 0 unless type is 0.</param>
    public static List<(SpotDay From, SpotDay To)> Intervals(IReadOnlyList<SpotDay> segment, long type, decimal percent)
    {
        var intervals = new List<(SpotDay, SpotDay)>();
        var from = segment[0];
        foreach (var day in segment.Skip(1))
        {
            if (type != 0 && Triggers(type, percent, from.Close, day.Close))
            {
                intervals.Add((from, day));
                from = day;
            }
        }

        if (from.Date != segment[^1].Date)
        {
            intervals.Add((from, segment[^1]));
        }

        return intervals;
    }

    // r = 100·(S − ref)/ref compared with x, multiplied out so that no division rounds at the bound.
    private static bool Triggers(long type, decimal percent, decimal reference, decimal close)
    {
        var move = 100 * (close - reference);
        var bound = percent * reference;
        return type switch
        {
            1 => move >= bound,
            2 => move <= -bound,
            _ => Math.Abs(move) >= bound,
        };
    }
}
