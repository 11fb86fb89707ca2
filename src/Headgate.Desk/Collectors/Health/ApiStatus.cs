using Headgate.Reports;

namespace Headgate.Desk.Collectors.Health;

/// <summary>The state of an API at a moment, from its budgets, closures and breakers: of several keys the worst one's.</summary>
/// <param name="State">The state.</param>
/// <param name="Until">When it ends at the latest without anything being asked; null where nothing holds it.</param>
/// <param name="Limit">The limit in the way, or null.</param>
public sealed record ApiStatus(ApiState State, EngineTime? Until, string? Limit)
{
    // A second's or a minute's limit that is full is pacing, no budget that is spent.
    private static readonly TimeSpan BudgetFrom = TimeSpan.FromHours(1);

    /// <summary>Scopes of <see cref="Limit"/> that are spent or closed: keys, where a limit is kept for each. 0 where no limit is in the way.</summary>
    public int Held { get; init; }

    /// <summary>Scopes of it that were used at all. While fewer are held, asks with the other keys are answered, and so are those with keys that were not used yet.</summary>
    public int Scopes { get; init; }

    /// <param name="budgets">Of this API.</param>
    /// <param name="conditions">Of its endpoints.</param>
    /// <param name="now">The moment.</param>
    public static ApiStatus Of(IReadOnlyList<BudgetStatus> budgets, IReadOnlyList<EndpointCondition> conditions, EngineTime now)
    {
        if (budgets.Where(budget => IsSpent(budget, now)).MaxBy(static budget => budget.AvailableAt) is { } spent)
        {
            return new ApiStatus(ApiState.BudgetExhausted, spent.AvailableAt, spent.Limit).Counted(budgets, budget => IsSpent(budget, now));
        }

        if (budgets.Where(budget => budget.ClosedUntil > now).MaxBy(static budget => budget.ClosedUntil) is { } closed)
        {
            return new ApiStatus(ApiState.RateLimited, closed.ClosedUntil, closed.Limit).Counted(budgets, budget => budget.ClosedUntil > now);
        }

        return conditions.Where(static condition => condition.ShutUntil is not null).MaxBy(static condition => condition.ShutUntil) is { } shut
            ? new ApiStatus(ApiState.Error, shut.ShutUntil, null)
            : new ApiStatus(ApiState.Healthy, null, null);
    }

    private ApiStatus Counted(IReadOnlyList<BudgetStatus> budgets, Func<BudgetStatus, bool> isHeld)
    {
        var scopes = budgets.Where(budget => string.Equals(budget.Limit, Limit, StringComparison.Ordinal)).ToList();
        return this with { Held = scopes.Count(isHeld), Scopes = scopes.Count };
    }

    // Closed until its reset, an upstream has said that it is spent, whatever was counted here. What is still full when its closure ends is spent as well.
    private static bool IsSpent(BudgetStatus budget, EngineTime now) => budget.Window >= BudgetFrom
        && (budget.ClosedUntil > now ? budget.ClosedUntil >= budget.ResetAt || budget.AvailableAt > budget.ClosedUntil : budget.AvailableAt is not null);
}
