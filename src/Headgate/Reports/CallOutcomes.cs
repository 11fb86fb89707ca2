namespace Headgate.Reports;

/// <summary>How calls ended; a call is counted once.</summary>
/// <param name="Succeeded">With data, or with the answer that there is no such item.</param>
/// <param name="Failed">With an error, an answer that cannot be used, or none.</param>
/// <param name="Limited">With a limit answer, by status or by body.</param>
/// <param name="FailuresInRow">Failures since the last success; limit answers neither add to it nor end it.</param>
public readonly record struct CallOutcomes(long Succeeded, long Failed, long Limited, int FailuresInRow)
{
    /// <summary>Calls that have ended.</summary>
    public long Made => Succeeded + Failed + Limited;
}
