using Headgate.Strategies.Store;

namespace Headgate.Strategies.Windows;

/// <summary>
/// The window of each expiry row (specification §3.1-2): expiry to expiry, or shifted so that a trade runs from n days before the old expiry
/// to n days before the new one. Stateful: rows must come in order, because the first accepted row starts at its expiry.
/// </summary>
/// <param name="daysBefore">0 expiry to expiry, 1 T-1, 2 T-2.</param>
internal sealed class WindowPlanner(TradingDays days, int daysBefore)
{
    private bool _first = true;

    /// <summary>The row's days, ascending; fewer than two when the row brings no trade.</summary>
    public ReadOnlySpan<SpotDay> Next(DateOnly previous, DateOnly current)
    {
        // The research scripts test the unshifted window for every variant, and it is this test that decides which row is the first.
        var unshifted = days.BaseBetween(previous, current);
        if (unshifted.Length < 2)
        {
            return [];
        }

        if (daysBefore == 0)
        {
            return unshifted;
        }

        var start = _first ? previous : days.Before(previous, daysBefore) ?? previous;
        _first = false;
        var window = days.BaseBetween(start, current.AddDays(-1));
        if (window.Length < 2)
        {
            return [];
        }

        return EndsWithBase(previous, current) ? window : window[..Math.Max(0, window.Length - (daysBefore - 1))];
    }

    // When a base range ends inside the week the window already stops early; dropping more days would close before the shifted exit.
    private bool EndsWithBase(DateOnly previous, DateOnly current)
    {
        foreach (var range in days.Ranges)
        {
            if (range.End > previous && range.End < current && days.CountAll(range.End, current) >= 2)
            {
                return true;
            }
        }

        return false;
    }
}
