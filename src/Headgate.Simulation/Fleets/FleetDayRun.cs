using Headgate.Desk.Days;

namespace Headgate.Simulation;

/// <summary>Lives a fleet's day three times, <i>ideal</i>, <i>direct</i> and <i>gate</i>, and compares what it cost and what was decided.</summary>
/// <remarks>The same day, seed and catalogue give the same report but for <see cref="FleetDayReport.Seconds"/>.</remarks>
public static class FleetDayRun
{
    /// <param name="day">The day.</param>
    /// <param name="wall">Measures how long it really takes.</param>
    /// <param name="options">Seed, network, engine, kills.</param>
    /// <param name="stores">What the gate's run begins with and leaves behind; null begins with nothing.</param>
    public static FleetDayReport Run(IFleetDay day, TimeProvider wall, FleetDayOptions options, FleetStores? stores = null)
    {
        var began = wall.GetTimestamp();
        var ideal = TwinRun.Run(day, FleetVariant.Ideal, options, Part(options, 0), out var idealLog);
        var direct = TwinRun.Run(day, FleetVariant.Direct, options, Part(options, 1), out var directLog);
        var run = new FleetGateRun(day, options, stores ?? new FleetStores());
        var gate = run.Run(Part(options, 2));
        var bound = run.Watch.Bound();
        options.Progress?.Invoke(1);
        return new FleetDayReport(
            day.Name,
            day.Start,
            options.Seed,
            decimal.Round(day.Length.Ticks / (decimal)TimeSpan.TicksPerHour, 3),
            day.Synthetic,
            ideal,
            direct,
            gate,
            bound.Calls,
            bound.IsExact,
            bound.Calls == 0 ? 0 : decimal.Round(gate.Calls / (decimal)bound.Calls, 4),
            AlertReport.Of(idealLog.Alerts, directLog.Alerts, run.Log.Alerts),
            decimal.Round((decimal)wall.GetElapsedTime(began).TotalSeconds, 2))
        {
            LowerBoundKinds = run.Watch.BoundKinds(),
            Decisions = [.. run.Log.Alerts.OrderBy(alert => alert.At).ThenBy(alert => alert.Key, StringComparer.Ordinal)],
        };
    }

    private static Action<double> Part(FleetDayOptions options, int part) => done => options.Progress?.Invoke((part + done) / 3);
}
