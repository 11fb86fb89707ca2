using Headgate.Catalogue;
using Headgate.Reports;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary>
/// Holds back the <c>100 (Continue)</c> of a write until its limits have room: a client that asks first is spared an upload that would be refused, and
/// learns at once when to come back.
/// </summary>
/// <remarks>
/// The permits themselves are taken once the body is here, since a call is charged just before its send: between the two another caller may be faster, and the
/// request then waits its turn as every other.
/// </remarks>
internal sealed class ContinueGate(IEngineDoor engine)
{
    /// <summary>Null when the body may be read.</summary>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async Task<Problem?> WaitAsync(HttpContext context, RequestPlan plan, TimeSpan deadline)
    {
        if (context.Request.Headers.Expect.Count == 0)
        {
            return null;
        }

        var now = engine.Clock.Now;
        if (Tightest(plan) is not { } limit || RoomAt(limit) <= now)
        {
            return null;
        }

        var at = RoomAt(limit);
        if (at - now > deadline)
        {
            return new Problem(ProblemType.Limited, StatusCodes.Status429TooManyRequests, $"{limit.Limit} has no room before the deadline; the body was not read.")
            {
                RetryAt = at,
                Limit = limit.Limit,
            };
        }

        await Task.Delay(at - now, engine.Clock.Time, context.RequestAborted);
        return null;
    }

    private BudgetStatus? Tightest(RequestPlan plan) =>
        engine.Budgets().Where(budget => plan.LimitKeys.Contains(budget.Key, StringComparer.Ordinal)).MaxBy(RoomAt);

    private static EngineTime RoomAt(BudgetStatus budget) => EngineTime.Max(budget.AvailableAt ?? default, budget.ClosedUntil ?? default);
}
