using Headgate.Catalogue;
using Headgate.Dispatch;

namespace Headgate.Refresh;

/// <summary>Calls and permits a minute of watches that may share calls. Pure.</summary>
internal static class CallRate
{
    /// <param name="endpoint">The endpoint all of them ask.</param>
    /// <param name="watches">Interval and items of each.</param>
    public static (decimal Calls, decimal Permits) Of(EndpointModel endpoint, IEnumerable<(TimeSpan Interval, int Items)> watches)
    {
        var seats = endpoint.Batch is { } batch ? BatchPlanner.Seats(batch.Max, endpoint.Cost.For) : 1;
        var rides = endpoint.Cost.For(seats) == endpoint.Cost.For(1);
        decimal calls = 0;
        decimal permits = 0;
        decimal freeSeats = 0;
        foreach (var (interval, items) in watches.OrderBy(watch => watch.Interval))
        {
            var perMinute = (decimal)TimeSpan.TicksPerMinute / interval.Ticks;
            // A watched item rides with another call once half of its interval is over, where the seat costs nothing.
            var riding = rides ? (int)Math.Min(items, decimal.Floor(freeSeats / perMinute / 2)) : 0;
            var (full, rest) = Math.DivRem(items - riding, seats);
            calls += (full + (rest > 0 ? 1 : 0)) * perMinute;
            permits += ((full * endpoint.Cost.For(seats)) + (rest > 0 ? endpoint.Cost.For(rest) : 0)) * perMinute;
            freeSeats += (rest > 0 ? seats - rest : 0) * perMinute;
            freeSeats -= riding * perMinute;
        }

        return (calls, permits);
    }
}
