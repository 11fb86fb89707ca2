using Headgate.Strategies.Store;

namespace Headgate.Strategies.Windows;

/// <summary>The futures expiry of a trade (specification §3.1-1 and §3.3-5).</summary>
internal sealed class MonthlyExpiries(IReadOnlyList<ExpiryRow> calendar)
{
    private readonly DateOnly[] _expiries = [.. calendar.Select(r => r.Current).Order()];

    /// <summary>The smallest monthly expiry on or after the day; null when the calendar is exhausted.</summary>
    public DateOnly? From(DateOnly day)
    {
        var index = Array.FindIndex(_expiries, e => e >= day);
        return index >= 0 ? _expiries[index] : null;
    }

    /// <summary>The second monthly expiry strictly after the day: what a trade opened on a base range's first day uses.</summary>
    public DateOnly? SecondAfter(DateOnly day)
    {
        var index = Array.FindIndex(_expiries, e => e > day);
        return index >= 0 && index + 1 < _expiries.Length ? _expiries[index + 1] : null;
    }
}
