using System.Globalization;
using Headgate.Upstream;

namespace Headgate.Simulation;

/// <summary>Http-contract "Waiting and refusing": an upstream's 429 with <c>Retry-After</c> closes that limit for so long, across restarts too.</summary>
internal sealed class ObeysRetryAfter(SoakScene scene) : IInvariant
{
    private readonly SortedDictionary<string, (long From, long Until)> _closed = new(StringComparer.Ordinal);

    public string Name => "obeys Retry-After";

    public void Heard(UpstreamCall call, TransportResult result)
    {
        if (result.Reply is { Status: 429 } reply && reply.Header("Retry-After") is { } seconds)
        {
            var until = scene.Time.Elapsed + (long.Parse(seconds, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond);
            if (!_closed.TryGetValue(KeyOf(call), out var held) || held.Until < until)
            {
                _closed[KeyOf(call)] = (scene.Time.Elapsed, until);
            }
        }
    }

    public void Sending(UpstreamCall call)
    {
        // What was on its way through the ledger when the 429 came is not called back.
        var onItsWay = scene.Plan.CommitMax.Ticks * 2;
        if (_closed.TryGetValue(KeyOf(call), out var closed)
            && scene.Time.Elapsed > closed.From + onItsWay
            && scene.Time.Elapsed < closed.Until - TimeSpan.TicksPerMillisecond)
        {
            scene.Fail(this, $"call {call.Id} {call.Target} is sent although its limit is closed until {SoakScene.Seconds(closed.Until)}");
        }
    }

    // A closure whose commit the crash interrupted may be lost; the next 429 closes again.
    public void Crashed()
    {
        foreach (var (key, (from, _)) in _closed.ToList())
        {
            if (scene.Time.Elapsed - from <= (scene.Plan.CommitMax.Ticks * 2) + TimeSpan.TicksPerMillisecond)
            {
                _closed.Remove(key);
            }
        }
    }

    private static string KeyOf(UpstreamCall call) => SoakTwin.ClassOf(call.Target) + "/" + SoakTwin.KeyOf(TwinTransport.ToRequest(call));
}
