using Headgate.Strategies.Store;

namespace Headgate.Strategies.Windows;

/// <summary>A symbol's trading days with closes (A) and those inside the base ranges (B). Notation of specification §3.</summary>
internal sealed class TradingDays
{
    private readonly SpotDay[] _all;
    private readonly SpotDay[] _base;

    public TradingDays(IReadOnlyList<SpotDay> all, IReadOnlyList<DateRange> ranges)
    {
        _all = [.. all];
        _base = [.. all.Where(d => ranges.Any(r => r.Contains(d.Date)))];
        Ranges = ranges;
    }

    /// <summary>Sorted by start, then end.</summary>
    public IReadOnlyList<DateRange> Ranges { get; }

    /// <summary>Days of B from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public ReadOnlySpan<SpotDay> BaseBetween(DateOnly from, DateOnly to) => Between(_base, from, to);

    /// <summary>The n-th last day of A before <paramref name="day"/>; null when there are fewer.</summary>
    public DateOnly? Before(DateOnly day, int n)
    {
        var index = LowerBound(_all, day) - n;
        return index >= 0 ? _all[index].Date : null;
    }

    /// <summary>How many days of A lie from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int CountAll(DateOnly from, DateOnly to) => Between(_all, from, to).Length;

    /// <summary>The day n trading days (A) after <paramref name="day"/>, or before it when n is negative; null beyond the series.</summary>
    public SpotDay? Shift(DateOnly day, int n)
    {
        var index = LowerBound(_all, day) + n;
        return index >= 0 && index < _all.Length ? _all[index] : null;
    }

    private static ReadOnlySpan<SpotDay> Between(SpotDay[] days, DateOnly from, DateOnly to)
    {
        var first = LowerBound(days, from);
        var end = LowerBound(days, to.AddDays(1));
        return first < end ? days.AsSpan(first, end - first) : [];
    }

    private static int LowerBound(SpotDay[] days, DateOnly day)
    {
        var low = 0;
        var high = days.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = days[middle].Date < day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
