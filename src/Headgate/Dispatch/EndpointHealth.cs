using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>What the dispatcher has learnt of one endpoint: is it up, and how long does an answer take. Guarded by the dispatcher's lock.</summary>
internal sealed class EndpointHealth
{
    public Breaker Breaker { get; } = new();

    /// <summary>How its calls ended since the start.</summary>
    public CallOutcomes Outcomes { get; private set; }

    /// <summary>Smoothed time from charge to first byte (an eighth of each new value, as TCP does).</summary>
    public TimeSpan RoundTrip { get; private set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>A call has ended.</summary>
    public void Count(OutcomeKind outcome) => Outcomes = outcome switch
    {
        // "There is no such item" is an answer.
        OutcomeKind.Success or OutcomeKind.NotFound => Outcomes with { Succeeded = Outcomes.Succeeded + 1, FailuresInRow = 0 },
        OutcomeKind.Limited => Outcomes with { Limited = Outcomes.Limited + 1 },
        _ => Outcomes with { Failed = Outcomes.Failed + 1, FailuresInRow = Outcomes.FailuresInRow + 1 },
    };

    public void Observe(TimeSpan roundTrip) => RoundTrip = ((RoundTrip * 7) + roundTrip) / 8;
}
