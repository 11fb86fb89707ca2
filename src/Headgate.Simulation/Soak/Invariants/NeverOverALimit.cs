using Headgate.Upstream;
using Headgate.Upstreams;
using Headgate.Upstreams.Limits;

namespace Headgate.Simulation;

/// <summary>Design §1.1, at the upstream's door: by the twin's own limiters and by a brute count of its own.</summary>
internal sealed class NeverOverALimit(SoakScene scene) : IInvariant
{
    private readonly SortedDictionary<string, BruteLimiter> _brutes = new(StringComparer.Ordinal);
    private long _violations;

    public string Name => "never over a limit";

    public void Arrived(UpstreamCall call, TwinReply reply)
    {
        var request = TwinTransport.ToRequest(call);
        var limitClass = SoakTwin.ClassOf(request.RawTarget);
        var at = (scene.Time.TrueNow + scene.Plan.Skew).UtcTicks;
        foreach (var rule in SoakTwin.Rules(scene.Plan))
        {
            if (string.Equals(rule.Class, limitClass, StringComparison.Ordinal))
            {
                Count($"{rule.Name}/{SoakTwin.KeyOf(request)}", rule, at, call);
            }
        }

        if (limitClass is "strict" || call.Target.StartsWith("/bars", StringComparison.Ordinal))
        {
            Count("shared", new LimitRule("shared", "*", 10, TimeSpan.FromSeconds(1)), at, call);
        }

        if (scene.Twin.Counters.Violations > _violations)
        {
            _violations = scene.Twin.Counters.Violations;
            scene.Fail(this, $"the twin counted a violation by call {call.Id} {call.Target}");
        }
    }

    private void Count(string key, LimitRule rule, long at, UpstreamCall call)
    {
        if (!_brutes.TryGetValue(key, out var brute))
        {
            brute = new BruteLimiter(rule.Kind, rule.Permits, rule.Window, rule.Offset);
            _brutes.Add(key, brute);
        }

        if (!brute.Arrive(at))
        {
            scene.Fail(this, $"call {call.Id} {call.Target}, sent at {SoakScene.Seconds(scene.Oracle.SentAt(call.Id))}, is over {rule.Permits} per {rule.Window.TotalSeconds} s of {key} ({rule.Kind})");
        }
    }
}
