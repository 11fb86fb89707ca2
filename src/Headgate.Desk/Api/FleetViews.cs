using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Statistics;

namespace Headgate.Desk.Api;

/// <summary>What to change of a bot.</summary>
/// <param name="Mode">on, shadow, bypass or unset.</param>
internal sealed record FleetBotChange(string? Mode);

/// <summary>A bot. Instants in UTC; ages in seconds.</summary>
internal sealed record FleetBotView(
    string Pair, string Action, string? Strength, decimal? Score, decimal? Rsi, decimal? Averages, decimal? Macd, string Reason, string Mode, decimal? Price, decimal? DataAgeSeconds,
    DateTime EvaluatedAt, DateTime NextRun, string? LastOrder, string? Difference)
{
    public static FleetBotView Of(BotDecision bot) => new(
        bot.Pair, FleetWords.Of(bot.Action), bot.Scores is null ? null : FleetWords.Of(bot.Temperature), bot.Scores?.Total, bot.Scores?.Strength, bot.Scores?.Averages, bot.Scores?.Macd, bot.Reason,
        FleetWords.Of(bot.Mode), bot.Price, FleetWords.Seconds(bot.DataAge), bot.At.UtcDateTime, bot.NextRun.UtcDateTime, bot.LastOrder, bot.Difference);
}

/// <summary>Bots whose scores point the same way, strongest first.</summary>
/// <param name="Signal">buy, sell or hold.</param>
internal sealed record FleetGroupView(string Signal, IReadOnlyList<FleetBotView> Bots);

/// <summary>The fleet.</summary>
/// <param name="Running">Whether one runs in this gate.</param>
/// <param name="Problem">What is wrong with it as a whole, or null.</param>
internal sealed record FleetView(
    bool Running, string? Problem, DateTime? EvaluatedAt, DateTime? NextRun, decimal? TookSeconds, long? Calls, decimal? OldestPriceSeconds, IReadOnlyList<FleetGroupView> Groups)
{
    public static FleetView Of(FleetStatus? status) => status is null
        ? new FleetView(false, null, null, null, null, null, null, [])
        : new FleetView(
            true, status.Problem, status.EvaluatedAt?.UtcDateTime, status.NextRun?.UtcDateTime, FleetWords.Seconds(status.Took), status.Calls, FleetWords.Seconds(status.OldestPrice),
            [.. status.Bots.GroupBy(static bot => bot.Signal).Select(static group => new FleetGroupView(FleetWords.Of(group.Key), [.. group.Select(FleetBotView.Of)]))]);
}

/// <summary>Waiting times in milliseconds; null without any.</summary>
internal sealed record FleetWaitView(decimal? P50, decimal? P95, decimal? Max);

/// <summary>One kind of data and caller; see <see cref="FleetFigures"/>.</summary>
internal sealed record FleetRowView(
    string Data, string Caller, long Asks, long Requests, long Hits, long StaleServed, long Joined, long Batched, long Calls, long Failures, long Limited, long Refused, decimal? Reduction, FleetWaitView WaitMs)
{
    public static FleetRowView Of(FleetFigures row) => new(
        FleetWords.Of(row.Data), row.Caller, row.Asks, row.Requests, row.Hits, row.StaleServed, row.Joined, row.Batched, row.Calls, row.Failures, row.Limited, row.Refused, row.Reduction,
        new FleetWaitView(FleetWords.Milliseconds(row.Wait.P50), FleetWords.Milliseconds(row.Wait.P95), FleetWords.Milliseconds(row.Wait.Max)));
}

/// <summary>An endpoint as the gate sees it; see <see cref="FleetEndpoint"/>.</summary>
internal sealed record FleetEndpointView(string Endpoint, long Calls, long Failures, long Limited, FleetWaitView QueueWaitMs, string Breaker)
{
    public static FleetEndpointView Of(FleetEndpoint row) => new(
        row.Endpoint, row.Calls, row.Failures, row.Limited,
        new FleetWaitView(FleetWords.Milliseconds(row.QueueP50), FleetWords.Milliseconds(row.QueueP95), FleetWords.Milliseconds(row.QueueMax)),
        row.IsBreakerOpen ? "open" : "closed");
}

/// <summary>What is left of a limit.</summary>
internal sealed record FleetBudgetView(string Limit, long Permits, decimal WindowSeconds, long Used, long Left, string? ClosedBecause);

/// <summary>What the fleet asked and what that cost.</summary>
/// <param name="Since">Counting began then; a restart of the process begins anew. Budgets and closures survive restarts.</param>
/// <param name="HourCoveredSeconds">The span of the hour's figures: an hour, or since the start.</param>
/// <param name="Reduction">1 − calls ÷ requests since the start.</param>
/// <param name="ReductionOfBaseline">1 − reads ÷ what the replaced system would have read in the hour's span; null in the first five minutes.</param>
internal sealed record FleetStatisticsView(
    DateTime Since, DateTime At, long Requests, long Calls, decimal? Reduction, long CallsLastMinute, long CallsLastHour, long ReadsLastHour, decimal HourCoveredSeconds, int BaselinePerHour,
    decimal? ReductionOfBaseline, decimal? OldestPriceSeconds, IReadOnlyList<FleetRowView> Rows, IReadOnlyList<FleetEndpointView> Endpoints, IReadOnlyList<FleetBudgetView> Budgets)
{
    public static FleetStatisticsView Of(FleetReport report) => new(
        report.Since.UtcDateTime, report.At.UtcDateTime, report.Requests, report.Calls, report.Reduction, report.CallsLastMinute.All, report.CallsLastHour.All, report.CallsLastHour.Reads,
        FleetWords.Seconds(report.HourCovered)!.Value, report.BaselinePerHour, report.ReductionOfBaseline, FleetWords.Seconds(report.OldestPrice),
        [.. report.Rows.Select(FleetRowView.Of)],
        [.. report.Endpoints.Select(FleetEndpointView.Of)],
        [.. report.Budgets.Select(static budget => new FleetBudgetView(budget.Limit, budget.Permits, FleetWords.Seconds(budget.Window)!.Value, budget.Used, budget.Remaining, budget.ClosedBecause))]);
}
