namespace Headgate.Desk.Analytics;

/// <summary>Changes of prices.</summary>
public static class Change
{
    /// <summary>(now − then) / then × 100; not rounded.</summary>
    /// <param name="then">Above zero.</param>
    public static decimal Percent(decimal now, decimal then)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(then, 0);
        return (now - then) / then * 100;
    }

    /// <summary>Market capitalisation in crore (10⁷ rupees); null where the shares outstanding are not known.</summary>
    public static decimal? MarketCapCrore(decimal price, long? sharesOutstanding) => sharesOutstanding is > 0 and { } shares ? price * shares / 10_000_000 : null;
}
