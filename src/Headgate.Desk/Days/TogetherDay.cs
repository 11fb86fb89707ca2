namespace Headgate.Desk.Days;

/// <summary>Fleets on one day, one engine and one ledger, each within its own hours: it begins with the first of them and ends with the last.</summary>
/// <param name="name">What commands and reports call it.</param>
/// <param name="parts">The fleets. Upstreams of the same provider are one, the first's.</param>
public sealed class TogetherDay(string name, IReadOnlyList<IFleetDay> parts) : IFleetDay
{
    public string Name => name;

    /// <summary>UTC: the parts live in several zones.</summary>
    public DateTimeOffset Start { get; } = parts.Min(static part => part.Start).ToUniversalTime();

    public TimeSpan Length => parts.Max(static part => part.Start + part.Length) - Start;

    public IReadOnlyList<string> Synthetic { get; } = [.. parts.SelectMany(static part => part.Synthetic.Select(what => $"{part.Name}: {what}"))];

    public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant) =>
        [.. parts.SelectMany(part => part.NewUpstreams(seed, variant)).DistinctBy(static upstream => upstream.Twin.Name, StringComparer.Ordinal)];

    public async Task RunAsync(FleetSeat seat, CancellationToken cancellation)
    {
        var running = parts.Select(part => RunAsync(part, seat, cancellation)).ToList();
        foreach (var part in running)
        {
            await part;
        }
    }

    private static async Task RunAsync(IFleetDay part, FleetSeat seat, CancellationToken cancellation)
    {
        var time = seat.Door.Time;
        if (part.Start - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellation);
        }

        var own = seat with
        {
            Records = new PartRecords(seat.Records, part.Name),
            Until = part.Start + part.Length,
            Note = alert => seat.Note(alert with { Key = $"{part.Name}: {alert.Key}" }),
        };
        await part.RunAsync(own, cancellation);
    }
}
