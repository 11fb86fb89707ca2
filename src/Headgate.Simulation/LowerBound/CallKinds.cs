namespace Headgate.Simulation;

/// <summary>Calls by what foresight could do about them.</summary>
/// <param name="Reads">Reads that may be kept and shared.</param>
/// <param name="Unkept">Reads that are never kept: each is a call, as a look-up of an order.</param>
/// <param name="Writes">Sent exactly once each, as an order.</param>
public sealed record CallKinds(long Reads, long Unkept, long Writes)
{
    /// <summary>All together.</summary>
    public long Total => Reads + Unkept + Writes;
}
