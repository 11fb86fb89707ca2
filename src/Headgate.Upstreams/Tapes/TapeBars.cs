namespace Headgate.Upstreams.Tapes;

/// <summary>Puts minute bars together into longer ones.</summary>
public static class TapeBars
{
    /// <summary>Joins bars into steps of a number of minutes counted from the session's open (09:15, 09:20, … for five from 09:15).</summary>
    /// <param name="minutes">Minute bars, oldest first.</param>
    /// <param name="step">Minutes per bar, 1 or more.</param>
    /// <param name="sessionOpen">Local time of day the steps are counted from.</param>
    public static IReadOnlyList<TapeBar> Join(IReadOnlyList<TapeBar> minutes, int step, TimeSpan sessionOpen)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var joined = new List<TapeBar>();
        foreach (var bar in minutes)
        {
            var start = StartOf(bar.Start, step, sessionOpen);
            if (joined.Count > 0 && joined[^1].Start == start)
            {
                joined[^1] = Merge(joined[^1], bar);
            }
            else
            {
                joined.Add(bar with { Start = start });
            }
        }

        return joined;
    }

    /// <summary>Where the step that holds a moment begins.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset at, int step, TimeSpan sessionOpen)
    {
        var width = TimeSpan.TicksPerMinute * step;
        var since = (at.TimeOfDay - sessionOpen).Ticks;
        var steps = since >= 0 ? since / width : (since - width + 1) / width;
        return new DateTimeOffset(at.Date, at.Offset) + sessionOpen + TimeSpan.FromTicks(steps * width);
    }

    internal static TapeBar Merge(TapeBar earlier, TapeBar later) => earlier with
    {
        High = later.High > earlier.High ? later.High : earlier.High,
        Low = later.Low < earlier.Low ? later.Low : earlier.Low,
        Close = later.Close,
        Volume = earlier.Volume + later.Volume,
    };
}
