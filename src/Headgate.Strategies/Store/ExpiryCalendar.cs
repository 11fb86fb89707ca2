namespace Headgate.Strategies.Store;

/// <summary>Derives an expiry calendar from the contracts seen.</summary>
internal static class ExpiryCalendar
{
    /// <summary>Two labels at most this many days apart are one expiry that a holiday moved; listed expiries are at least five days apart.</summary>
    private const int SameExpiryDays = 2;

    /// <summary>Rows of consecutive expiries. Of two labels of one expiry the one named last stays: the exchange corrects forward.</summary>
    public static IReadOnlyList<ExpiryRow> Derive(IEnumerable<SeenExpiry> seen)
    {
        var expiries = new List<SeenExpiry>();
        foreach (var next in seen.OrderBy(s => s.Expiry))
        {
            if (expiries.Count == 0 || next.Expiry.DayNumber - expiries[^1].Expiry.DayNumber > SameExpiryDays)
            {
                expiries.Add(next);
            }
            else if (next.LastDay > expiries[^1].LastDay)
            {
                expiries[^1] = next;
            }
        }

        return [.. expiries.Select((e, i) => new ExpiryRow(
            i > 0 ? expiries[i - 1].Expiry : null, e.Expiry, i + 1 < expiries.Count ? expiries[i + 1].Expiry : null))];
    }
}
