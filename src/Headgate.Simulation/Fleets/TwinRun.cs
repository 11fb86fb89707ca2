using Headgate.Desk.Days;

namespace Headgate.Simulation;

/// <summary>A day without a gate: ideal, or direct against the strict upstreams.</summary>
internal static class TwinRun
{
    public static FleetSide Run(IFleetDay day, FleetVariant variant, FleetDayOptions options, Action<double> progress, out FleetLog log)
    {
        var time = new VirtualTime(day.Start);
        var upstreams = day.NewUpstreams(options.Seed, variant);
        var notes = log = new FleetLog(day.Start.Offset);
        var door = new TwinDoor(time, upstreams, options, notes);
        var seat = new FleetSeat(variant, door, new MemoryRecordStore(new RecordDisk(), time), options.Seed, day.Start + day.Length, notes.NoteAlert);
        time.Run(async () =>
        {
            await using var ticking = FleetProgress.Of(time, day.Length, progress);
            await day.RunAsync(seat, CancellationToken.None);
        });
        return FleetSide.Of(upstreams, notes);
    }
}
