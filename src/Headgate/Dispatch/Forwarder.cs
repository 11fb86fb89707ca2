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
        var passage = Open(provider, demand);
        var (result, again) = await OnceAsync(passage, cancellation);
        if (again && demand.Request.Method is ("GET" or "HEAD") && _clock.Now < passage.Deadline)
        {
            // The upstream refused the gate's own sign-in before it looked at the question: a read is asked once more, and charged, after another sign-in.
            passage.Trace.Add(_clock.Now, "signing in", "the upstream no longer takes the gate's sign-in");
            (result, _) = await OnceAsync(passage, cancellation);
        }

        return Told(passage, result);
    }

    private static async ValueTask<(FetchResult Result, bool Again)> OnceAsync(Passage passage, CancellationToken cancellation)
    {
        var (work, refusal) = Enter(passage, reserves: false);
        return work is null ? (Refused(refusal!), false) : await EndAsync(passage, work, cancellation);
    }

    /// <summary>Takes a turn and permits for a request whose client waits for them before it sends the body (ADR 007).</summary>
    public async ValueTask<Reservation> ReserveAsync(ProviderContext provider, Demand demand, CancellationToken cancellation)
    {
        var passage = Open(provider, demand);
        var (work, refusal) = Enter(passage, reserves: true);
        if (work is null)
        {
            return new ForwardReservation(Told(passage, Refused(refusal!)));
        }

        await work.Waiter.WaitAsync(provider.Deadlines, passage.Deadline, cancellation);
        if (cancellation.IsCancellationRequested)
        {
            GiveBack(passage, work);
            cancellation.ThrowIfCancellationRequested();
        }

        if (work.Outcome is { } outcome)
        {
            return new ForwardReservation(Told(passage, outcome));
        }

        if (!provider.Dispatcher.Reservations.IsHeld(work))
        {
            var why = provider.Dispatcher.RefusalFor(work);
            provider.Dispatcher.Reservations.Release(work);
            return new ForwardReservation(Told(passage, Refused(why)));
        }

        passage.Trace.Add(_clock.Now, "reserved", "its permits are held while its body is read");
        return new ForwardReservation((full, left) => SendAsync(passage, work, full, left), () => GiveBack(passage, work));
    }

    private async ValueTask<FetchResult> SendAsync(Passage passage, ForwardWork reserved, Demand demand, CancellationToken cancellation) =>
        Told(passage, (await EndAsync(passage, passage.Provider.Dispatcher.Reservations.Redeem(reserved, demand), cancellation)).Result);

    private void GiveBack(Passage passage, ForwardWork work)
    {
        passage.Provider.Dispatcher.Reservations.Release(work);
        passage.Trace.Add(_clock.Now, "dropped", "nothing was sent; its permits were given back");
    }

    private Passage Open(ProviderContext provider, Demand demand)
    {
        var askedAt = _clock.Now;
        var counters = provider.Stats.Of(demand.Plan.Endpoint);
        counters.Asked(demand.Plan.Items.Count, Fetcher.DirectCalls(demand.Plan), Fetcher.DirectCredits(demand.Plan));
        return new Passage(
            provider, demand, askedAt, askedAt + (demand.Deadline ?? demand.Plan.Endpoint.Deadline), _explain.Open(demand.RequestId, askedAt, demand.Plan, demand.Client), counters);
    }

    private FetchResult Told(Passage passage, FetchResult result)
    {
        var (provider, demand) = (passage.Provider, passage.Demand);
        if (result.Kind == FetchKind.Refused)
        {
            passage.Counters.RefusedOne(result.Refusal!.Kind);
            passage.Trace.Add(_clock.Now, "refused", $"{result.Refusal.Status}: {result.Refusal.Detail}");
            if (provider.Events.IsWatched)
            {
                provider.Events.Publish(new EngineEvent(_clock.Now, "refusal", demand.Plan.Endpoint.Id, $"{result.Refusal.Status}: {result.Refusal.Detail}", demand.RequestId));
            }
        }
        else
        {
            passage.Counters.Answered(0, 0, demand.Plan.Items.Count, 0, TimeSpan.Zero);
            passage.Trace.Add(_clock.Now, "answered", $"{result.ForwardStatus} after {(_clock.Now - passage.AskedAt).TotalMilliseconds:0.#} ms");
        }

        return result;
    }

    private static (ForwardWork? Work, Refusal? Refusal) Enter(Passage passage, bool reserves)
    {
        var (provider, demand, askedAt) = (passage.Provider, passage.Demand, passage.AskedAt);
        if (demand.Freshness.OnlyIfCached && demand.Request.Method is ("GET" or "HEAD"))
        {
            return (null, new Refusal(RefusalKind.NotCached, 504, "This is never held, and only-if-cached forbids asking the upstream.", null, null));
        }

        if (provider.Credentials.ClosedUntil(demand.Plan, askedAt) is { } closedUntil)
        {
            return (null, CredentialGuard.Refusal(closedUntil));
        }

        var entered = provider.Dispatcher.Enqueue(demand, askedAt, passage.Deadline, reserves);
        if (entered.Work is not null)
        {
            passage.Trace.Add(askedAt, "queued", $"passes through once; deadline in {(passage.Deadline - askedAt).TotalSeconds:0.###} s");
        }

        return entered;
    }

    private static async ValueTask<(FetchResult Result, bool Again)> EndAsync(Passage passage, ForwardWork work, CancellationToken cancellation)
    {
        var dispatcher = passage.Provider.Dispatcher;
        await work.Waiter.WaitAsync(passage.Provider.Deadlines, passage.Deadline, cancellation);
        if (work.Outcome is { } outcome)
        {
            return (outcome, work.SignedInAgain);
        }

        var why = dispatcher.RefusalFor(work);
        var withdrawn = dispatcher.TryWithdraw(work);
        // The client has left: what was not sent is not sent, what was sent goes on.
        cancellation.ThrowIfCancellationRequested();
        return (Refused(withdrawn ? why : Overdue(passage.Demand.Request.Method)) with { Calls = work.CallsLed }, false);
    }

    private static Refusal Overdue(string method) => Refusals.ForForward(
        method, new Upstream.TransportFault(Upstream.TransportPhase.Await, "timeout", "no answer before the deadline"));

    private static FetchResult Refused(Refusal refusal) => new() { Kind = FetchKind.Refused, Refusal = refusal, Reason = "method" };
}
