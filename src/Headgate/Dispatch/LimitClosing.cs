using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Closes limits as an upstream's answer demands: its own word first, then the definition's lock-out, then back-off.</summary>
internal static class LimitClosing
{
    public static void Close(ProviderContext provider, PlannedCall call, Classification found)
    {
        var plan = call.Forward?.Demand.Plan ?? call.Flights[0].Leader.Plan;
        var closures = provider.Calls.Close(call, found.Limits, (limit, now) => Until(provider, plan.Provider, limit, now, found), Because(found));
        foreach (var closure in closures)
        {
            _ = RecordAsync(provider, closure);
        }
    }

    /// <summary>An answer whose body broke off has still said by its status and headers that a limit was met.</summary>
    /// <returns>True when it had.</returns>
    public static bool CloseByHead(ProviderContext provider, PlannedCall call, UpstreamReply reply)
    {
        var plan = call.Forward?.Demand.Plan ?? call.Flights[0].Leader.Plan;
        var found = OutcomeClassifier.Classify(plan.Provider, plan.Endpoint, reply.Status, reply.Headers, default, provider.Clock.WallNow);
        if (found.Kind != OutcomeKind.Limited)
        {
            return false;
        }

        provider.Stats.Of(plan.Endpoint).LimitedByUpstream();
        provider.Calls.Health(call, OutcomeKind.Limited);
        Close(provider, call, found);
        return true;
    }

    private static EngineTime Until(ProviderContext provider, ProviderModel model, LimitState limit, EngineTime now, Classification found)
    {
        if (found.UntilReset && limit is CalendarWindow calendar)
        {
            return calendar.RollsAt(now);
        }

        if (found.RetryAfter is { } retryAfter)
        {
            return now + retryAfter;
        }

        if ((found.Closure ?? limit.Model.LockOut) is { } fixedPause)
        {
            return now + fixedPause;
        }

        var seconds = 1m;
        for (var i = 0; i < Math.Min(limit.Strikes, 32) && seconds < (decimal)model.Backoff.Max.TotalSeconds; i++)
        {
            seconds *= model.Backoff.Base;
        }

        var pause = TimeSpan.FromSeconds((double)Math.Min(seconds, (decimal)model.Backoff.Max.TotalSeconds));
        return now + (pause * provider.Chance.Jitter());
    }

    private static string Because(Classification found) =>
        found.RetryAfter is { } after ? $"the upstream asked for {after.TotalSeconds:0.###} s" : "the upstream said its limit is reached";

    /// <summary>Makes a closure durable, as far as the ledger can be written.</summary>
    public static async Task RecordAsync(ProviderContext provider, Closure closure)
    {
        try
        {
            await provider.Ledger.CloseAsync(closure, CancellationToken.None);
        }
        catch (LedgerException exception)
        {
            // The closure holds in memory all the same; only a restart would forget it, and an unwritable ledger sends no call.
            provider.Report(exception);
        }
    }
}
