namespace Headgate.Simulation;

/// <summary>What the network does to one call.</summary>
public enum NetworkFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is refused: nothing is sent, nothing arrives.</summary>
    Refused,

    /// <summary>Sent, lost on the way, and the connection reset.</summary>
    ResetBeforeArrival,

    /// <summary>Arrived and answered; the connection is reset before the answer comes through.</summary>
    ResetAfterArrival,

    /// <summary>Arrived; the connection is closed in order (FIN) without an answer.</summary>
    Closed,

    /// <summary>Arrived; nothing ever comes back.</summary>
    Hang,

    /// <summary>The body ends early although its length promised more.</summary>
    Truncated,

    /// <summary>The body comes in small portions.</summary>
    SlowBody,
}

/// <summary>One call's way through the network.</summary>
/// <param name="Out">From the send to the arrival at the upstream; a call whose way takes longer than its time-out never arrives.</param>
/// <param name="Back">From the arrival to the first byte of the answer.</param>
/// <param name="Fault">What goes wrong.</param>
public readonly record struct NetworkFate(TimeSpan Out, TimeSpan Back, NetworkFault Fault = NetworkFault.None);
