namespace Headgate.Desk.Monitors.Market;

/// <summary>Quotes of one ask.</summary>
/// <param name="Quotes">By full instrument name.</param>
/// <param name="Problems">Why names are missing, a sentence each.</param>
public sealed record QuoteSet(IReadOnlyDictionary<string, KiteQuote> Quotes, IReadOnlyList<string> Problems)
{
    /// <summary>The oldest part's age.</summary>
    public TimeSpan Age { get; init; }

    public bool IsStale { get; init; }
}
