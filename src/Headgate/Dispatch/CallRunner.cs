using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Carries one planned call from charge to landing: charge, send once, settle, read, classify, hand over.</summary>
internal sealed class CallRunner
{
    private readonly ProviderContext _provider;
    private readonly FlightLander _lander;
    private readonly ForwardLander _forwards;

    public CallRunner(ProviderContext provider)
    {
        _provider = provider;
        _lander = new FlightLander(provider);
        _forwards = new ForwardLander(provider);
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
                _provider.Dispatcher.SettleSilent(call);
            }

            Fail(call, OutcomeKind.Transient, new Refusal(RefusalKind.UpstreamUnusable, 502, "The call failed inside the gate; see its log.", null, null));
        }
    }

    private async Task SendAsync(PlannedCall call)
    {
        var charge = call.Lease.Charge;
        if (!await TryChargeAsync(call))
        {
            return;
        }

        // The hold counts from the charge: the request must arrive within the time-out of that moment or never.
        var left = charge.Timeout - (_provider.Clock.Now - charge.SentAt);
        if (left <= TimeSpan.Zero)
        {
            _provider.Dispatcher.SettleSilent(call);
            Fail(call, OutcomeKind.Transient, new Refusal(RefusalKind.LedgerUnwritable, 503, "The ledger was too slow to let this call be sent.", null, null));
            return;
        }

        var sentAt = _provider.Clock.Now;
        var request = Build(call, left);
        _provider.Dispatcher.Sent(call, sentAt);
        _provider.Stats.Of(call.Group.Endpoint).Called(charge.Credits);
        var result = await _provider.Transport.SendAsync(request, CancellationToken.None);
        if (result.Reply is not { } reply)
        {
            _provider.Dispatcher.SettleSilent(call);
            OnFault(call, result.Fault!);
            return;
        }

        _provider.Dispatcher.Settle(call, _provider.Clock.Now, DateOf(reply));
        await RecordUsageAsync(call, reply);
        if (call.Forward is { } forward)
        {
            await _forwards.LandAsync(call, forward, reply);
        }
        else
        {
            await _lander.LandAsync(call, reply, sentAt);
        }
    }

    private async ValueTask RecordUsageAsync(PlannedCall call, UpstreamReply reply)
    {
        foreach (var raised in _provider.Dispatcher.ObserveUsage(call, reply.Header))
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
            _provider.Dispatcher.Cancel(call);
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
        return new UpstreamCall
        {
            Id = call.Lease.Charge.Id,
            Provider = plan.Provider.Name,
            // HEAD of something that can be kept is answered from the GET it stands for.
            Method = isForward ? request.Method : "GET",
            Origin = plan.Provider.BaseUrl,
            Target = call.Group.Batches ? CallBuilder.Build(plan, call.Group.Endpoint, [.. call.Flights.Select(flight => flight.Item.Text).Distinct(StringComparer.Ordinal)]) : plan.Target,
            Headers = isForward
                ? CallHeaders.ForForward(plan, request)
                : CallHeaders.ForFetch(plan, request),
            Body = isForward ? request.Body : default,
            HasBody = isForward && request.HasBody,
            Timeout = timeout,
        };
    }

    private void OnFault(PlannedCall call, TransportFault fault)
    {
        _provider.Dispatcher.Health(call, OutcomeKind.Transient);
        _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        if (call.Forward is { } forward)
        {
            forward.Refuse(Refusals.ForForward(forward.Demand.Request.Method, fault));
            return;
        }

        _lander.RetryOrFail(call, call.Flights, new FlightOutcome.Failed(OutcomeKind.Transient, Refusals.ForFetch(fault)));
    }

    private void Fail(PlannedCall call, OutcomeKind kind, Refusal refusal)
    {
        if (call.Forward is { } forward)
        {
            forward.Refuse(refusal);
            return;
        }

        _provider.Dispatcher.Complete(call.Flights.Select(flight => (flight, (FlightOutcome)new FlightOutcome.Failed(kind, refusal))));
    }

    private static DateTimeOffset? DateOf(UpstreamReply reply) => HttpDate.Parse(reply.Header("Date"));
}
