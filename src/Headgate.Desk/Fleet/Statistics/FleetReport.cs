using Headgate.Desk.Fleet.Exchange;
using Headgate.Reports;

namespace Headgate.Desk.Fleet.Statistics;

/// <summary>What a fleet asked, what that cost and what is left, as measured.</summary>
/// <param name="Since">When this process began to count; a restart begins anew. Budgets and closures are durable and know nothing of restarts.</param>
/// <param name="At">Now.</param>
/// <param name="Rows">By kind of data and caller.</param>
/// <param name="CallsLastMinute">Calls of the last minute.</param>
/// <param name="CallsLastHour">Calls of the last hour, or since the start where that is shorter.</param>
/// <param name="Endpoints">The gate's side: limit answers, queues and breakers, of all its clients.</param>
/// <param name="Budgets">What is left of each limit of the exchange.</param>
/// <param name="OldestPrice">Age now of the oldest price bots decided by; null without any.</param>
public sealed record FleetReport(
    DateTimeOffset Since,
    DateTimeOffset At,
    IReadOnlyList<FleetFigures> Rows,
    FleetCallRate CallsLastMinute,
    FleetCallRate CallsLastHour,
    IReadOnlyList<FleetEndpoint> Endpoints,
    IReadOnlyList<BudgetStatus> Budgets,
    TimeSpan? OldestPrice)
{
    // Four asks of each bot every five minutes, before the replaced system shared anything.
    private const int BaselinePerBot = 48;

    /// <summary>Reads an hour of the replaced system before it shared anything, for as many bots: 1,200 for 25.</summary>
    public int BaselinePerHour { get; init; } = 25 * BaselinePerBot;

    /// <summary>Requests since the start.</summary>
    public long Requests => Rows.Sum(static row => row.Requests);

    /// <summary>Calls since the start.</summary>
    public long Calls => Rows.Sum(static row => row.Calls);

    /// <summary>1 − calls ÷ requests, since the start, to four places; null without requests.</summary>
    public decimal? Reduction => Requests == 0 ? null : decimal.Round(1 - (Calls / (decimal)Requests), 4);

    /// <summary>The span <see cref="CallsLastHour"/> covers.</summary>
    public TimeSpan HourCovered => At - Since < TimeSpan.FromHours(1) ? At - Since : TimeSpan.FromHours(1);

    /// <summary>1 − reads ÷ what the replaced system would have read in the same span, to four places; null in the first cycle's five minutes, which begin with nothing held.</summary>
    public decimal? ReductionOfBaseline => HourCovered < TimeSpan.FromMinutes(5) ? null : decimal.Round(1 - (CallsLastHour.Reads / (BaselinePerHour * (decimal)HourCovered.Ticks / TimeSpan.TicksPerHour)), 4);

    /// <summary>Gathers it; asks nobody.</summary>
    /// <param name="host">The fleet.</param>
    /// <param name="engine">Its gate.</param>
    public static FleetReport Of(FleetHost host, Engine engine)
    {
        var statistics = host.Statistics;
        var conditions = engine.Conditions();
        return new FleetReport(
            statistics.Since,
            engine.Clock.WallNow,
            statistics.Figures(),
            statistics.CallsOf(TimeSpan.FromMinutes(1)),
            statistics.CallsOf(TimeSpan.FromHours(1)),
            [.. engine.Stats().Where(static row => IsExchange(row.Endpoint[..row.Endpoint.IndexOf('.', StringComparison.Ordinal)])).Select(row => FleetEndpoint.Of(row, conditions.Any(shut => shut.IsOpen && string.Equals(shut.Endpoint, row.Endpoint, StringComparison.Ordinal))))],
            [.. engine.Budgets().Where(static budget => IsExchange(budget.Provider))],
            host.Status().OldestPrice)
        {
            BaselinePerHour = host.Pairs.Count * BaselinePerBot,
        };
    }

    private static bool IsExchange(string provider) => provider is FleetExchange.Provider or Paper.PaperExchange.Provider;
}
