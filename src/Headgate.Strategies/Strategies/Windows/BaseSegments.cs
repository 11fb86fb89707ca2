using Headgate.Strategies.Store;

namespace Headgate.Strategies.Windows;

/// <summary>Splits a window where one base range ends and another begins, so that no position is held across the gap.</summary>
internal static class BaseSegments
{
    /// <summary>Maximal runs of days in which each neighbouring pair lies in one and the same range.</summary>
    public static List<SpotDay[]> Split(ReadOnlySpan<SpotDay> window, IReadOnlyList<DateRange> ranges)
    {
        var segments = new List<SpotDay[]>();
        var start = 0;
        for (var i = 1; i <= window.Length; i++)
        {
            if (i == window.Length || !ShareRange(window[i - 1].Date, window[i].Date, ranges))
            {
                segments.Add(window[start..i].ToArray());
                start = i;
            }
        }

        return segments;
    }

    private static bool ShareRange(DateOnly a, DateOnly b, IReadOnlyList<DateRange> ranges)
    {
        foreach (var range in ranges)
        {
            if (range.Contains(a) && range.Contains(b))
            {
                return true;
            }
        }

        return false;
    }
}
