namespace Headgate.Desk.Analytics;

/// <summary>What price and open interest together mean.</summary>
public static class OiPattern
{
    /// <summary>Both up: new longs.</summary>
    public const string LongBuildup = "LONG_BUILDUP";

    /// <summary>Open interest up, price not: new shorts.</summary>
    public const string ShortBuildup = "SHORT_BUILDUP";

    /// <summary>Price up, open interest down: shorts leave.</summary>
    public const string ShortCovering = "SHORT_COVERING";

    /// <summary>Price not up, open interest down: longs leave.</summary>
    public const string LongUnwinding = "LONG_UNWINDING";

    /// <summary>Open interest is where it was: it says nothing.</summary>
    public const string NoChange = "NO_CHANGE";
}
