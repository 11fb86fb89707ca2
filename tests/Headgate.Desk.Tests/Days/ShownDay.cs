using Headgate.Desk.Days;

namespace Headgate.Desk.Tests.Days;

/// <summary>A day that shows the upstreams of its gate's run.</summary>
internal sealed class ShownDay(IFleetDay inner) : IFleetDay
{
    public IReadOnlyList<FleetUpstream> Gate { get; private set; } = [];

    public string Name => inner.Name;

    public DateTimeOffset Start => inner.Start;

    public TimeSpan Length => inner.Length;

    public IReadOnlyList<string> Synthetic => inner.Synthetic;

    public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant)
    {
        var upstreams = inner.NewUpstreams(seed, variant);
        Gate = variant == FleetVariant.Gate ? upstreams : Gate;
        return upstreams;
    }

    public Task RunAsync(FleetSeat seat, CancellationToken cancellation) => inner.RunAsync(seat, cancellation);
}
