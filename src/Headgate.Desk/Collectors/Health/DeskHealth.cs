using Headgate.Catalogue;
using Headgate.Reports;

namespace Headgate.Desk.Collectors.Health;

/// <summary>Health of a gate's upstreams and of its machine. Thread-safe; asks no upstream.</summary>
public sealed class DeskHealth : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Engine _engine;
    private readonly TimeSpan _window;
    private readonly IHostLoad _host;
    private readonly HealthBook _book;

    /// <param name="engine">A started engine.</param>
    /// <param name="window">Over how long scores are taken.</param>
    /// <param name="host">The machine.</param>
    public DeskHealth(Engine engine, TimeSpan window, IHostLoad host)
    {
        _engine = engine;
        _window = window;
        _host = host;
        _book = new HealthBook(Counts, engine.Clock.Time, window);
    }

    /// <summary>How long phases of the desk's cycles take.</summary>
    public PhaseDurations Phases { get; } = new();

    public HealthReport Report()
    {
        var window = _book.Window();
        var all = window.Values.Aggregate(default(CallOutcomes), static (sum, one) => new CallOutcomes(sum.Succeeded + one.Succeeded, sum.Failed + one.Failed, sum.Limited + one.Limited, 0));
        var budgets = _engine.Budgets().ToLookup(static budget => budget.Provider, StringComparer.OrdinalIgnoreCase);
        var conditions = _engine.Conditions().ToLookup(static condition => condition.Provider, StringComparer.OrdinalIgnoreCase);
        return new HealthReport(
            HealthScore.Of(all) ?? HealthScore.Idle,
            _window,
            [.. Counts().Select(counts => Of(counts, [.. budgets[counts.Api]], [.. conditions[counts.Api]], window.TryGetValue(counts.Api, out var calls) ? HealthScore.Of(calls) : null))],
            _host.Read());
    }

    public void Dispose() => _book.Dispose();

    private IReadOnlyList<ApiCounts> Counts() => ApiCounts.Of(_engine.Stats(), _engine.Conditions());

    private ApiHealth Of(ApiCounts counts, IReadOnlyList<BudgetStatus> budgets, IReadOnlyList<EndpointCondition> conditions, decimal? score)
    {
        var now = _engine.Clock.Now;
        IReadOnlyList<LimitModel> limits = [.. _engine.Catalogue.Find(counts.Api)?.Limits.Values ?? []];
        var day = limits.Where(static limit => limit.Window == Day).MinBy(static limit => limit.Permits);
        var spent = budgets.Where(budget => string.Equals(budget.Limit, day?.Id, StringComparison.Ordinal)).MinBy(static budget => budget.Permits - budget.Used);
        var closed = budgets.Max(static budget => budget.ClosedUntil);
        var status = ApiStatus.Of(budgets, conditions, now);
        return new ApiHealth(
            counts,
            status,
            score,
            limits.Where(static limit => limit.Window <= Minute).Min(static limit => (decimal?)decimal.Round(limit.Permits * (decimal)TimeSpan.TicksPerSecond / limit.Window.Ticks, 3)),
            day?.Permits,
            day is null ? null : spent?.Used ?? 0,
            day is null ? null : spent is null ? day.Permits : LeftOf(spent, status),
            spent?.ResetAt is { } reset ? _engine.Clock.WallNow + (reset - now) : null,
            closed > now ? closed.Value - now : TimeSpan.Zero);
    }

    // A closure lets nothing out now, but spends nothing, unless with it the upstream said that the day is spent.
    private static long LeftOf(BudgetStatus day, ApiStatus status) =>
        status.State == ApiState.BudgetExhausted && string.Equals(status.Limit, day.Limit, StringComparison.Ordinal) ? 0 : Math.Max(0, day.Permits - day.Used);
}
