using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>Design §1.2 and §1.7: a call is durable in the ledger before it is sent, is sent once, and arrives at most once.</summary>
internal sealed class OneChargeOneArrival(SoakScene scene) : IInvariant
{
    private readonly HashSet<long> _sent = [];
    private readonly HashSet<long> _arrived = [];

    public string Name => "one charge, one arrival";

    public void Sending(UpstreamCall call)
    {
        if (!scene.Ledger.Holds(call.Id))
        {
            scene.Fail(this, $"call {call.Id} {call.Target} is sent and its charge is not durable");
        }

        if (!_sent.Add(call.Id))
        {
            scene.Fail(this, $"call {call.Id} {call.Target} is sent twice");
        }
    }

    public void Arrived(UpstreamCall call, TwinReply reply)
    {
        if (!_arrived.Add(call.Id))
        {
            scene.Fail(this, $"call {call.Id} {call.Target} arrived twice");
        }
    }

    public void Ended()
    {
        if (scene.Ledger.Charges < _sent.Count)
        {
            scene.Fail(this, $"{_sent.Count} calls were sent and {scene.Ledger.Charges} charged");
        }
    }
}
