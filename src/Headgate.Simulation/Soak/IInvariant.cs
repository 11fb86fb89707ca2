using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>One of the promises of design §1, watched from outside the gate at every step of a soak.</summary>
public interface IInvariant
{
    /// <summary>As violations name it.</summary>
    string Name { get; }

    /// <summary>A call is handed to the network.</summary>
    void Sending(UpstreamCall call)
    {
    }

    /// <summary>A call arrived at the upstream and was answered.</summary>
    void Arrived(UpstreamCall call, TwinReply reply)
    {
    }

    /// <summary>The head of an answer reached the gate.</summary>
    void Heard(UpstreamCall call, TransportResult result)
    {
    }

    /// <summary>A client got its answer.</summary>
    void Answered(SoakAnswer answer)
    {
    }

    /// <summary>The gate's process was killed.</summary>
    void Crashed()
    {
    }

    /// <summary>Everything has come to rest.</summary>
    void Ended()
    {
    }
}
