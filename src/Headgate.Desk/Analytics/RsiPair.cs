namespace Headgate.Desk.Analytics;

/// <summary>How a fast RSI stands to a slow one.</summary>
/// <param name="Fast">Period of the fast one.</param>
/// <param name="Slow">Period of the slow one.</param>
/// <param name="Strength">Fast minus slow, two decimals.</param>
/// <param name="Cross">The latest crossing within the last three bars, or null.</param>
public sealed record RsiPair(int Fast, int Slow, decimal Strength, RsiCross? Cross)
{
    /// <summary>Is the fast one above?</summary>
    public bool IsAbove { get; init; }

    /// <summary><c>9vs14</c> and the like.</summary>
    public string Name => $"{Fast}vs{Slow}";

    /// <summary><c>above</c> or <c>below</c>, and by how much.</summary>
    public string Status => FormattableString.Invariant($"{(IsAbove ? "above" : "below")} ({Strength:+0.00;-0.00;0.00})");
}

/// <summary>A crossing of two RSIs.</summary>
/// <param name="IsBullish">The fast one went above.</param>
/// <param name="BarsAgo">1 when the last bar made it.</param>
public sealed record RsiCross(bool IsBullish, int BarsAgo)
{
    public override string ToString() => FormattableString.Invariant($"{(IsBullish ? "bullish" : "bearish")} {BarsAgo} bar{(BarsAgo == 1 ? "" : "s")} ago");
}
