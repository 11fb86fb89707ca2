using Headgate.Upstreams.Faults;

namespace Headgate.Upstreams;

/// <summary>An emulated upstream: a pure function of (request, clock, state), hosted on a socket or called in process.</summary>
/// <threadsafety>Handle may be called from many threads; calls are answered one at a time in the order they get in.</threadsafety>
public interface ITwin
{
    /// <summary>The provider's catalogue name.</summary>
    string Name { get; }

    /// <summary>What arrived at the door and which limits it broke.</summary>
    TwinCounters Counters { get; }

    /// <summary>Faults asked for; empty by default.</summary>
    FaultPlan Faults { get; }

    /// <summary>Answers one request. Records the arrival before anything else, whatever happens to the answer afterwards.</summary>
    /// <param name="request">The request as it arrived.</param>
    /// <param name="now">The moment of arrival on the upstream's own clock; a step backwards counts as no time passing.</param>
    TwinReply Handle(TwinRequest request, DateTimeOffset now);

    /// <summary>Forgets counters, limiter state, faults and everything clients wrote (orders); configuration stays.</summary>
    void Reset();
}
