using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>Design §6 "Refresh": background work never spends what foreground will need; at the upstream's door, no call of the gate's own is one of a day's last, reserved ones.</summary>
internal sealed class BackgroundLeavesTheReserve(SoakScene scene) : IInvariant
{
    private readonly Dictionary<(string Key, long Day), List<long>> _arrived = [];

    public string Name => "background leaves the reserve";

    public void Arrived(UpstreamCall call, TwinReply reply)
    {
        var plan = scene.Plan;
        var request = TwinTransport.ToRequest(call);
        if (plan.Daily == 0 || SoakTwin.ClassOf(request.RawTarget) is not "quote")
        {
            return;
        }

        var day = (SoakTwin.KeyOf(request), (scene.Time.TrueNow + plan.Skew - SoakCatalogue.ResetAt).UtcTicks / TimeSpan.TicksPerDay);
        if (!_arrived.TryGetValue(day, out var before))
        {
            _arrived.Add(day, before = []);
        }

        // Ids grow with the charges: what has a smaller one was spent before this call was decided on.
        var spent = before.Count(id => id < call.Id) + 1;
        before.Add(call.Id);
        var free = plan.Daily - (plan.Daily * plan.ReservePercent / 100);
        if (spent > free && string.Equals(request.Header("Authorization"), SoakGate.OwnAuthorization(plan), StringComparison.Ordinal) && plan.WatchesAlone)
        {
            scene.Fail(this, $"call {call.Id} {call.Target} of the gate's own is number {spent} of a day of {plan.Daily}, of which {plan.Daily - free} are reserved");
        }
    }
}
