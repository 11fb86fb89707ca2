using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>Design §1.7 for budgets: what the ledger says of a daily window is never less than what the upstream counted, whatever crashed.</summary>
internal sealed class NothingLost(SoakScene scene) : IInvariant
{
    private long _quoteArrivals;

    public string Name => "nothing lost";

    public void Arrived(UpstreamCall call, TwinReply reply)
    {
        if (SoakTwin.ClassOf(call.Target) is "quote")
        {
            _quoteArrivals++;
        }
    }

    public void Crashed() => Compare();

    public void Ended() => Compare();

    private void Compare()
    {
        if (scene.Plan.Daily > 0)
        {
            var used = scene.Ledger.Load().Windows.Where(window => window.LimitKey.StartsWith("soak.daily/", StringComparison.Ordinal)).Sum(window => window.Used);
            if (used < _quoteArrivals)
            {
                scene.Fail(this, $"the upstream counted {_quoteArrivals} quote calls and the ledger's windows hold {used}");
            }
        }
    }
}
