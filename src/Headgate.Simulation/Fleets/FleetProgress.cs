namespace Headgate.Simulation;

/// <summary>Tells how much of a day is over, every simulated five minutes.</summary>
internal static class FleetProgress
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    public static ITimer Of(VirtualTime time, TimeSpan length, Action<double> progress) =>
        time.CreateTimer(_ => progress(Math.Min(1, time.Elapsed / (double)length.Ticks)), null, Step, Step);
}
