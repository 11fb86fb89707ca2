namespace Headgate.Desk.Monitors.Market;

/// <summary>Quotes of one ask.</summary>
/// <param name="Quotes">By full instrument name.</param>
/// <param name="Problems">Why names are missing, a sentence each.</param>
public sealed record QuoteSet(IReadOnlyDictionary<string, KiteQuote> Quotes, IReadOnlyList<string> Problems)
{
    /// <summary>The oldest part's age.</summary>
    public TimeSpan Age { get; init; }

    public bool IsStale { get; init; }

    /// <summary>Asks it took.</summary>
    public int Asks { get; init; }

    /// <summary>Asks that were answered from what was held, without a call and without waiting.</summary>
    public int Hits { get; init; }
}
