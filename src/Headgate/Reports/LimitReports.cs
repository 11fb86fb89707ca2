using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Dispatch;

namespace Headgate.Reports;

/// <summary>Tells the state of limits without changing it.</summary>
internal static class LimitReports
{
    /// <summary>The first limit of a plan's endpoint, for response headers.</summary>
    public static LimitReport? Of(ProviderContext provider, RequestPlan plan)
    {
        var first = 0;
        while (first < plan.LimitKeys.Count && plan.LimitKeys[first].Length == 0)
        {
            first++;
        }

        if (first == plan.LimitKeys.Count)
        {
            return null;
        }

        var model = plan.Endpoint.Limits[first];
        return provider.Dispatcher.WithBudgets(budgets =>
        {
            var now = provider.Clock.Now;
            var state = budgets.State(model, plan.LimitKeys[first]);
            var remaining = Math.Max(0, model.Permits - state.Used(now));
            var at = state.EarliestRoom(1, urgent: false, (int)Math.Min(remaining, int.MaxValue), now, plan.Endpoint.CallTimeout, TimeSpan.Zero);
            return new LimitReport(model.Name, model.Permits, model.Window, remaining, at == EngineTime.Never ? model.Window : at - now);
        });
    }

    /// <summary>Every limit of a provider that has been touched.</summary>
    public static IReadOnlyList<BudgetStatus> All(string provider, ProviderContext context)
    {
        var states = context.Dispatcher.WithBudgets(budgets => budgets.States.ToList());
        var waiting = states.ToDictionary(state => state.Key, context.Dispatcher.WaitingFor, StringComparer.Ordinal);
        return context.Dispatcher.WithBudgets(_ => states.Select(state => Status(provider, state, context.Clock.Now, waiting[state.Key])).ToList());
    }

    /// <summary>A limit nothing was spent from yet.</summary>
    public static BudgetStatus Untouched(string provider, LimitModel model) =>
        new(provider, model.Id, model.Id, model.Permits, model.Window, null, 0, model.Permits, null, null, null, 0);

    private static BudgetStatus Status(string provider, LimitState state, EngineTime now, int waiting)
    {
        var used = state.Used(now);
        // Fifteen seconds stand for a call's time-out here: only calls within that of a window's roll would see another answer.
        var at = state.EarliestRoom(1, urgent: false, 0, now, TimeSpan.FromSeconds(15), TimeSpan.Zero);
        var closed = now < state.ClosedUntil;
        return new BudgetStatus(
            provider,
            state.Name,
            state.Key,
            state.Model.Permits,
            state.Model.Window,
            state.WindowId(now),
            used,
            closed ? 0 : Math.Max(0, state.Model.Permits - used),
            at <= now ? null : at,
            closed ? state.ClosedUntil : null,
            closed ? state.ClosedBecause : null,
            waiting)
        {
            ResetAt = (state as CalendarWindow)?.RollsAt(now),
        };
    }
}
