using Headgate.Explain;
using Headgate.Flights;
using Headgate.Reports;

namespace Headgate.Dispatch;

/// <summary>Passes requests through exactly once: never retried, cached, merged or coalesced.</summary>
internal sealed class Forwarder
{
    private readonly EngineClock _clock;
    private readonly ExplainLog _explain;

    public Forwarder(EngineClock clock, ExplainLog explain)
    {
        _clock = clock;
        _explain = explain;
    }

    public async ValueTask<FetchResult> ForwardAsync(ProviderContext provider, Demand demand, CancellationToken cancellation)
    {
        var askedAt = _clock.Now;
        var deadline = askedAt + (demand.Deadline ?? demand.Plan.Endpoint.Deadline);
        var trace = _explain.Open(demand.RequestId, askedAt, demand.Plan, demand.Client);
        var counters = provider.Stats.Of(demand.Plan.Endpoint);
        counters.Asked(demand.Plan.Items.Count, Fetcher.DirectCalls(demand.Plan), Fetcher.DirectCredits(demand.Plan));
        var result = await PassAsync(provider, demand, askedAt, deadline, trace, cancellation);
        if (result.Kind == FetchKind.Refused)
        {
            counters.RefusedOne();
            trace.Add(_clock.Now, "refused", $"{result.Refusal!.Status}: {result.Refusal.Detail}");
            if (provider.Events.IsWatched)
            {
                provider.Events.Publish(new EngineEvent(_clock.Now, "refusal", demand.Plan.Endpoint.Id, $"{result.Refusal.Status}: {result.Refusal.Detail}", demand.RequestId));
            }
        }
        else
        {
            counters.Answered(0, 0, demand.Plan.Items.Count, 0, TimeSpan.Zero);
            trace.Add(_clock.Now, "answered", $"{result.ForwardStatus} after {(_clock.Now - askedAt).TotalMilliseconds:0.#} ms");
        }

        return result;
    }

    private async ValueTask<FetchResult> PassAsync(
        ProviderContext provider, Demand demand, EngineTime askedAt, EngineTime deadline, ExplainTrace trace, CancellationToken cancellation)
    {
        if (demand.Freshness.OnlyIfCached && demand.Request.Method is ("GET" or "HEAD"))
        {
            return Refused(new Refusal(RefusalKind.NotCached, 504, "This is never held, and only-if-cached forbids asking the upstream.", null, null));
        }

        if (provider.Credentials.ClosedUntil(demand.Plan, askedAt) is { } closedUntil)
        {
            return Refused(CredentialGuard.Refusal(closedUntil));
        }

        var (result, again) = await OnceAsync(provider, demand, askedAt, deadline, trace, cancellation);
        if (again && demand.Request.Method is ("GET" or "HEAD") && _clock.Now < deadline)
        {
            // The upstream refused the gate's own sign-in before it looked at the question: a read is asked once more, and charged, after another sign-in.
            trace.Add(_clock.Now, "signing in", "the upstream no longer takes the gate's sign-in");
            (result, _) = await OnceAsync(provider, demand, askedAt, deadline, trace, cancellation);
        }

        return result;
    }

    private async ValueTask<(FetchResult Result, bool Again)> OnceAsync(
        ProviderContext provider, Demand demand, EngineTime askedAt, EngineTime deadline, ExplainTrace trace, CancellationToken cancellation)
    {
        var (work, refusal) = provider.Dispatcher.Enqueue(demand, askedAt, deadline);
        if (work is null)
        {
            return (Refused(refusal!), false);
        }

        trace.Add(askedAt, "queued", $"passes through once; deadline in {(deadline - askedAt).TotalSeconds:0.###} s");
        await work.Waiter.WaitAsync(provider.Deadlines, deadline, cancellation);
        if (work.Outcome is { } outcome)
        {
            return (outcome, work.SignedInAgain);
        }

        var why = provider.Dispatcher.RefusalFor(work);
        var withdrawn = provider.Dispatcher.TryWithdraw(work);
        // The client has left: what was not sent is not sent, what was sent goes on.
        cancellation.ThrowIfCancellationRequested();
        return (Refused(withdrawn ? why : Overdue(demand.Request.Method)), false);
    }

    private static Refusal Overdue(string method) => Refusals.ForForward(
        method, new Upstream.TransportFault(Upstream.TransportPhase.Await, "timeout", "no answer before the deadline"));

    private static FetchResult Refused(Refusal refusal) => new() { Kind = FetchKind.Refused, Refusal = refusal, Reason = "method" };
}
