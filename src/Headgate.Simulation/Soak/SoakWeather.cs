using Headgate.Upstreams.Faults;

namespace Headgate.Simulation;

/// <summary>Draws latencies and faults.</summary>
internal sealed class SoakWeather
{
    // No network and no upstream answers faster than this, each way.
    private static readonly TimeSpan Fastest = TimeSpan.FromMicroseconds(10);

    private readonly SoakPlan _plan;
    private readonly Random _random;
    private bool _calm;

    public SoakWeather(SoakPlan plan, Random random)
    {
        _plan = plan;
        _random = random;
        Faults = new FaultPlan(random);
        Brew();
    }

    /// <summary>The twin's share of the faults.</summary>
    public FaultPlan Faults { get; }

    /// <summary>No more faults, and a fast network.</summary>
    public void Calm()
    {
        _calm = true;
        Faults.Clear();
    }

    /// <summary>One call's way.</summary>
    public NetworkFate Draw()
    {
        var max = _calm ? TimeSpan.FromMilliseconds(20) : _plan.LatencyMax;
        var fault = !_calm && _random.Next(200) < _plan.FaultPercent ? (NetworkFault)_random.Next(1, 7) : NetworkFault.None;
        return new NetworkFate(Latency(max), Latency(max), fault);
    }

    // Mostly quick, sometimes near the most: both ends of a window want to be hit.
    private TimeSpan Latency(TimeSpan max)
    {
        var share = _random.Next(3) == 0 ? _random.NextDouble() : _random.NextDouble() * _random.NextDouble() * 0.2;
        return Fastest + TimeSpan.FromTicks((long)(max.Ticks * share));
    }

    private void Brew()
    {
        if (_plan.FaultPercent == 0)
        {
            return;
        }

        List<TwinFault> faults =
        [
            TwinFault.Error(503), TwinFault.Error(500), TwinFault.Limited(), TwinFault.Limited(TimeSpan.FromSeconds(1 + _random.Next(8))),
            new(TwinFaultKind.GarbageBody), new(TwinFaultKind.EmptyBody), new(TwinFaultKind.HtmlBody),
            new(TwinFaultKind.Truncated) { Bytes = _random.Next(60) },
            new(TwinFaultKind.SlowDrip) { Bytes = 16, Interval = TimeSpan.FromMilliseconds(1 + _random.Next(300)) },
            new(TwinFaultKind.CustomBody) { Status = 200, Body = "{\"note\":\"Thank you for using our API\"}"u8.ToArray() },
        ];
        if (_plan.Focus == SoakFocus.Budgets)
        {
            // Answers that close limits would only take the pressure off.
            faults.RemoveAll(fault => fault.Kind is TwinFaultKind.TooManyRequests or TwinFaultKind.CustomBody);
        }

        foreach (var fault in faults)
        {
            Faults.Add(new FaultRule(fault) { ChancePerMillion = _plan.FaultPercent * 5_000 / faults.Count * 2 });
        }
    }
}
