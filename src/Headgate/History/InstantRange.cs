namespace Headgate.History;

/// <summary>A stretch of time in whole Unix seconds (UTC): <paramref name="Start"/> belongs to it, <paramref name="End"/> does not.</summary>
/// <remarks>Seconds, because no candle endpoint takes finer bounds. <c>default</c> is empty, as is every range whose end is not after its start.</remarks>
/// <param name="Start">First second.</param>
/// <param name="End">The second after the last.</param>
public readonly record struct InstantRange(long Start, long End)
{
    /// <summary>Holds it no second at all?</summary>
    public bool IsEmpty => End <= Start;

    /// <summary>Seconds in it; 0 when empty.</summary>
    public long Seconds => IsEmpty ? 0 : End - Start;

    /// <summary>What both hold; may be empty.</summary>
    public InstantRange And(InstantRange other) => new(Math.Max(Start, other.Start), Math.Min(End, other.End));

    /// <summary>Is the second in it?</summary>
    public bool Contains(long second) => second >= Start && second < End;
}
