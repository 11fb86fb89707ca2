using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.SignIn;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Carries one planned call from charge to landing: charge, send once, settle, read, classify, hand over.</summary>
internal sealed class CallRunner
{
    private readonly ProviderContext _provider;
    private readonly FlightLander _lander;
    private readonly FlightFaults _faults;
    private readonly ForwardLander _forwards;
    private readonly OriginLander _origin;

    public CallRunner(ProviderContext provider)
    {
        _provider = provider;
        var maker = new EntryMaker(provider);
        _faults = new FlightFaults(provider, maker);
        _lander = new FlightLander(provider, maker, _faults);
        _forwards = new ForwardLander(provider);
        _origin = new OriginLander(provider);
    }

    /// <summary>Runs a call on the present context; never throws.</summary>
    public async Task RunAsync(PlannedCall call)
    {
        try
        {
            await SendAsync(call);
        }
        catch (Exception exception)
        {
            // A boundary: whatever went wrong, those who wait must hear of it, and the permits stay held as if the call were still under way.
            _provider.Report(exception);
            if (!call.Lease.Ended)
            {
                _provider.Calls.SettleSilent(call);
            }

            Fail(call, OutcomeKind.Transient, call.Forward is { } forward && forward.SentAt != EngineTime.Never
                ? Refusals.ForForward(forward.Demand.Request.Method, new TransportFault(TransportPhase.Await, "protocol", "the call failed inside the gate; see its log"))
                : new Refusal(RefusalKind.UpstreamUnusable, 502, "The call failed inside the gate; see its log.", null, null));
        }
    }

    private async Task SendAsync(PlannedCall call)
    {
        var charge = call.Lease.Charge;
        if (!await TrySignInAsync(call) || !await TryChargeAsync(call))
        {
            return;
        }

        // The hold counts from the charge: the request must arrive within the time-out of that moment or never.
        var left = charge.Timeout - (_provider.Clock.Now - charge.SentAt);
        if (left <= TimeSpan.Zero)
        {
            _provider.Calls.SettleSilent(call);
            Fail(call, OutcomeKind.Transient, new Refusal(RefusalKind.LedgerUnwritable, 503, "The ledger was too slow to let this call be sent.", null, null));
            return;
        }

        var sentAt = _provider.Clock.Now;
        var request = Build(call, left);
        _provider.Calls.Sent(call, sentAt);
        CountSent(call, charge, sentAt);
        var result = await _provider.Transport.SendAsync(request, CancellationToken.None);
        if (result.Reply is not { } reply)
        {
            _provider.Calls.SettleSilent(call);
            OnFault(call, result.Fault!);
            return;
        }

        var answeredAt = _provider.Clock.Now;
        _provider.Stats.Of(call.Group.Endpoint).Answered(answeredAt - sentAt);
        _provider.Calls.Settle(call, answeredAt, DateOf(reply));
        await RecordUsageAsync(call, reply);
        if (call.Forward is { } forward)
        {
            await _forwards.LandAsync(call, forward, reply);
        }
        else if (call is { Group: { Batches: false, Endpoint.Freshness.IsOrigin: true } })
        {
            await _origin.LandAsync(call, reply, sentAt);
        }
        else
        {
            await _lander.LandAsync(call, reply, sentAt);
        }
    }

    private void CountSent(PlannedCall call, Charge charge, EngineTime sentAt)
    {
        var counters = _provider.Stats.Of(call.Group.Endpoint);
        counters.Called(charge.Credits);
        foreach (var work in call.Works)
        {
            counters.Waited(sentAt - work.AskedAt);
        }
    }

    /// <summary>
    /// Gives the call what the gate's own sign-in holds. While there is nothing to give, the permits go back and the work waits for the sign-in, which may
    /// need the very permits it would hold.
    /// </summary>
    private async ValueTask<bool> TrySignInAsync(PlannedCall call)
    {
        if (!call.Plan.SignsIn || _provider.SignIn is not { } signIn)
        {
            return true;
        }

        var ensuring = signIn.EnsureAsync();
        if (!ensuring.IsCompletedSuccessfully)
        {
            _provider.Calls.Cancel(call);
            if ((await ensuring).Refusal is { } refused)
            {
                Fail(call, OutcomeKind.Transient, refused);
            }
            else
            {
                _provider.Calls.Return(call);
            }

            return false;
        }

        var (grant, refusal) = ensuring.Result;
        if (refusal is not null)
        {
            _provider.Calls.Cancel(call);
            Fail(call, OutcomeKind.Transient, refusal);
            return false;
        }

        call.Grant = grant;
        return true;
    }

    private async ValueTask RecordUsageAsync(PlannedCall call, UpstreamReply reply)
    {
        foreach (var raised in _provider.Calls.ObserveUsage(call, reply.Header))
        {
            try
            {
                await _provider.Ledger.RaiseUsedAsync(raised.LimitKey, raised.WindowId, raised.Used, CancellationToken.None);
            }
            catch (LedgerException exception)
            {
                // It holds in memory; an unwritable ledger sends no further call that could overspend it.
                _provider.Report(exception);
            }
        }
    }

    private async ValueTask<bool> TryChargeAsync(PlannedCall call)
    {
        try
        {
            // After a failure the ledger refuses until it was seen to work again; the next call that wants to be sent is the one that looks.
            if (!_provider.Ledger.IsWritable && !await _provider.Ledger.ProbeAsync(CancellationToken.None))
            {
                throw new LedgerException("the ledger could not be written and still cannot; free space or mend its permissions.");
            }

            await _provider.Ledger.ChargeAsync(call.Lease.Charge, CancellationToken.None);
            return true;
        }
        catch (LedgerException exception)
        {
            _provider.Report(exception);
            _provider.Calls.Cancel(call);
            Fail(call, OutcomeKind.Transient, new Refusal(RefusalKind.LedgerUnwritable, 503, $"No call is sent that cannot be accounted for: {exception.Message}", null, null));
            return false;
        }
    }

    private UpstreamCall Build(PlannedCall call, TimeSpan timeout)
    {
        var demand = call.Forward?.Demand ?? call.Flights[0].Leader;
        var plan = demand.Plan;
        var request = demand.Request;
        var isForward = call.Forward is not null;
        var isOrigin = call is { Forward: null, Group: { Batches: false, Endpoint.Freshness.IsOrigin: true } };
        var target = call.Group.Batches ? CallBuilder.Build(plan, call.Group.Endpoint, [.. call.Flights.Select(flight => flight.Item.Text).Distinct(StringComparer.Ordinal)]) : plan.Target;
        var headers = isForward ? CallHeaders.ForForward(plan, request)
            : isOrigin ? OriginHeaders.ForCall(demand)
            : CallHeaders.ForFetch(plan, request);
        return new UpstreamCall
        {
            Id = call.Lease.Charge.Id,
            Provider = plan.Provider.Name,
            // HEAD of something that can be kept is answered from the GET it stands for; an origin is asked as it stands.
            Method = isForward || isOrigin || plan.IsContentRead ? request.Method : "GET",
            Origin = OriginOf(call, plan),
            Target = call.Grant?.Over(target) ?? target,
            Headers = call.Grant?.Over(headers) ?? headers,
            Body = isForward || plan.IsContentRead ? request.Body : default,
            HasBody = (isForward || plan.IsContentRead) && request.HasBody,
            Timeout = timeout,
        };
    }

    // A host that the definition does not name is never called: grants and books hold no other.
    private Uri OriginOf(PlannedCall call, RequestPlan plan) =>
        plan.Address
        ?? call.Grant?.Server
        ?? (plan.Provider.Auth is { } auth ? _provider.Servers.Find(plan.Identity.Credential, auth) : null)
        ?? plan.Provider.BaseUrl;

    private void OnFault(PlannedCall call, TransportFault fault)
    {
        _provider.Calls.Health(call, OutcomeKind.Transient);
        _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        if (call.Forward is { } forward)
        {
            forward.Refuse(Refusals.ForForward(forward.Demand.Request.Method, fault));
            return;
        }

        var failure = new FlightOutcome.Failed(OutcomeKind.Transient, Refusals.ForFetch(fault));
        if (call is { Group: { Batches: false, Endpoint.Freshness.IsOrigin: true } })
        {
            OriginLander.Fail(_provider, call, failure);
            return;
        }

        _faults.RetryOrFail(call, call.Flights, failure);
    }

    private void Fail(PlannedCall call, OutcomeKind kind, Refusal refusal)
    {
        if (call.Forward is { } forward)
        {
            forward.Refuse(refusal);
            return;
        }

        _provider.Calls.Complete(call.Flights.Select(flight => (flight, (FlightOutcome)new FlightOutcome.Failed(kind, refusal))));
    }

    private static DateTimeOffset? DateOf(UpstreamReply reply) => HttpDate.Parse(reply.Header("Date"));
}
