using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Turns an upstream's answer into entries and outcomes for the flights it carries.</summary>
internal sealed class FlightLander
{
    // Two more tries: what has failed three times within one deadline will not be mended by a fourth.
    private const int AttemptsMax = 3;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly ProviderContext _provider;
    private readonly EntryMaker _maker;

    public FlightLander(ProviderContext provider)
    {
        _provider = provider;
        _maker = new EntryMaker(provider);
    }

    public async Task LandAsync(PlannedCall call, UpstreamReply reply, EngineTime sentAt)
    {
        await using var _ = reply;
        var endpoint = call.Group.Endpoint;
        try
        {
            var isWhole = MustBeWhole(call, reply.Status);
            if (!isWhole && (endpoint.Stream || reply.ContentLength >= _provider.Options.StreamFrom))
            {
                await StreamAsync(call, reply, sentAt, default);
                return;
            }

            var streamFrom = isWhole ? endpoint.ResponseBytesMax : _provider.Options.StreamFrom;
            var (body, complete) = await BodyReader.ReadAsync(reply, streamFrom);
            if (!complete)
            {
                if (isWhole)
                {
                    Malformed(call, $"its body has more than {endpoint.ResponseBytesMax} bytes");
                    return;
                }

                await StreamAsync(call, reply, sentAt, body);
                return;
            }

            Land(call, reply, body, sentAt);
        }
        catch (UpstreamBodyException exception)
        {
            var failure = new FlightOutcome.Failed(OutcomeKind.Transient, Refusals.ForFetch(exception.Fault));
            if (LimitClosing.CloseByHead(_provider, call, reply))
            {
                RetryOrFail(call, call.Flights, failure);
                return;
            }

            OnTransient(call, failure);
        }
    }

    /// <summary>Tries again what may pass by itself, within the deadline; else ends the flights.</summary>
    public void RetryOrFail(PlannedCall call, IReadOnlyList<Flight> flights, FlightOutcome failure)
    {
        var now = _provider.Clock.Now;
        List<Flight> again = [];
        List<(Flight, FlightOutcome)> ended = [];
        foreach (var flight in flights)
        {
            var pause = RetryPause * (1 << (flight.Attempts - 1)) * _provider.Chance.Jitter();
            // What may have been done is not asked for again by itself where doing it is what costs (a picture analysed).
            var mayRepeat = !flight.Leader.Plan.IsContentRead || failure is FlightOutcome.UpstreamSaid { Kind: OutcomeKind.Limited };
            if (mayRepeat && flight.Attempts < AttemptsMax && now + pause + call.Group.Health.RoundTrip < flight.Deadline)
            {
                flight.NotBefore = now + pause;
                flight.LastFailure = failure;
                again.Add(flight);
            }
            else
            {
                ended.Add((flight, failure));
            }
        }

        _provider.Calls.Complete(ended);
        if (again.Count > 0)
        {
            _provider.Calls.Requeue(again, again[0].NotBefore, tag: null);
        }
    }

    // Items and rows are cut from the whole answer, and errors are judged by it.
    private static bool MustBeWhole(PlannedCall call, int status) => call.Group.Batches || !IsSuccess(status) || call.Flights[0].Leader.Plan.Chunk is not null;

    private static bool IsSuccess(int status) => status is >= 200 and < 300;

    private void Land(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> body, EngineTime sentAt)
    {
        var endpoint = call.Group.Endpoint;
        var decoded = ContentDecoder.Decode(body, reply.Header("Content-Encoding"), endpoint.ResponseBytesMax);
        if (decoded is not { } plain)
        {
            Malformed(call, "its body cannot be decoded");
            return;
        }

        var found = OutcomeClassifier.Classify(call.Flights[0].Leader.Plan.Provider, endpoint, reply.Status, reply.Headers, plain.Span, _provider.Clock.WallNow);
        switch (found.Kind)
        {
            case OutcomeKind.Success:
                Accept(call);
                Succeed(call, reply, body, plain, sentAt);
                break;
            case OutcomeKind.Malformed:
                Malformed(call, found.Reason);
                break;
            case OutcomeKind.Limited:
                OnLimited(call, reply, plain, found);
                break;
            case OutcomeKind.Transient:
                // An error told in a 200 body is no answer to pass on as one.
                OnTransient(call, IsSuccess(reply.Status)
                    ? new FlightOutcome.Failed(found.Kind, new Refusal(RefusalKind.UpstreamUnusable, 502, "The upstream's answer says that it failed.", null, null))
                    : Said(reply, plain, found.Kind));
                break;
            case OutcomeKind.Unauthorized:
                _provider.Calls.Health(call, found.Kind);
                OnUnauthorized(call, reply, plain, found.Kind);
                break;
            default:
                _provider.Calls.Health(call, found.Kind);
                if (found.Kind == OutcomeKind.NotFound && IsSuccess(reply.Status))
                {
                    // "There is no such item" with a good status is an answer, given to a credential that was taken. A 404 may come before
                    // anybody looks at the credential and proves nothing.
                    Accept(call);
                }

                OnItemFault(call, reply, plain, found, sentAt);
                break;
        }
    }

    private void Succeed(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte> plain, EngineTime sentAt)
    {
        if (call.Group.Batches)
        {
            var outcomes = _maker.FromBatch(call, reply, plain, sentAt, out var limited);
            if (outcomes is null)
            {
                Malformed(call, "it holds no items where its definition says");
                return;
            }

            _provider.Calls.Health(call, limited?.Kind ?? OutcomeKind.Success);
            if (limited is not null)
            {
                _provider.Stats.Of(call.Group.Endpoint).LimitedByUpstream();
                LimitClosing.Close(_provider, call, limited);
            }

            _provider.Calls.Complete(outcomes);
            foreach (var unnamed in call.Flights.Except(outcomes.Select(pair => pair.Item1)))
            {
                // The answer may have it under a name nobody knows yet: alone it shows.
                _provider.Calls.Requeue([unnamed], default, new object());
            }

            return;
        }

        _provider.Calls.Health(call, OutcomeKind.Success);
        var flight = call.Flights[0];
        if (flight.Leader.Plan.Chunk is { } chunk)
        {
            _provider.Calls.Complete([(flight, _maker.FromRows(flight, chunk, reply, plain, sentAt))]);
            return;
        }

        var entry = _maker.FromWhole(flight, reply, body, sentAt, isNegative: false);
        if (flight.Store)
        {
            _provider.Keep(flight.Leader.Plan.Provider, () => _provider.Entries.Put(entry));
        }

        _provider.Calls.Complete([(flight, new FlightOutcome.Answered(entry))]);
    }

    private async Task StreamAsync(PlannedCall call, UpstreamReply reply, EngineTime sentAt, ReadOnlyMemory<byte> head)
    {
        var flight = call.Flights[0];
        var shared = new SharedBody(_provider.Options.StreamBytesMax);
        if (!head.IsEmpty)
        {
            shared.TryWrite(head.Span);
        }

        Accept(call);
        _provider.Calls.Stream(flight, new FlightOutcome.Streaming(reply.Status, EntryHeaders.Shareable(reply.Headers), reply.ContentLength, shared, sentAt));
        try
        {
            var whole = await BodyReader.CopyAsync(reply, shared);
            _provider.Calls.Health(call, OutcomeKind.Success);
            if (whole && flight.Store && shared.Length <= call.Group.Endpoint.ResponseBytesMax)
            {
                Keep(flight, reply, shared, sentAt);
            }
        }
        catch (UpstreamBodyException exception)
        {
            shared.Break(exception.Fault);
            _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
            _provider.Calls.Health(call, OutcomeKind.Transient);
        }
        finally
        {
            _provider.Calls.Land(flight);
        }
    }

    private void Keep(Flight flight, UpstreamReply reply, SharedBody shared, EngineTime sentAt)
    {
        var body = shared.ToArray();
        var plain = ContentDecoder.Decode(body, reply.Header("Content-Encoding"), _provider.Options.StreamBytesMax * 4);
        if (plain is { } readable
            && OutcomeClassifier.Classify(flight.Leader.Plan.Provider, flight.Group.Endpoint, reply.Status, reply.Headers, readable.Span, _provider.Clock.WallNow).Kind == OutcomeKind.Success)
        {
            var entry = _maker.FromWhole(flight, reply, body, sentAt, isNegative: false);
            _provider.Keep(flight.Leader.Plan.Provider, () => _provider.Entries.Put(entry));
        }
    }

    private void OnItemFault(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> plain, Classification found, EngineTime sentAt)
    {
        var kind = found.Kind;
        if (call.Flights.Count > 1)
        {
            // One item may have failed all of them: halve, until only its asker sees the error. Each half is a call of its own and charged.
            var half = call.Flights.Count / 2;
            _provider.Calls.Requeue([.. call.Flights.Take(half)], default, new object());
            _provider.Calls.Requeue([.. call.Flights.Skip(half)], default, new object());
            return;
        }

        var flight = call.Flights[0];
        if (kind == OutcomeKind.NotFound && flight.Store && call.Group.Endpoint.Freshness.Negative > TimeSpan.Zero && !call.Group.Batches)
        {
            var entry = _maker.FromWhole(flight, reply, plain, sentAt, isNegative: true);
            _provider.Keep(flight.Leader.Plan.Provider, () => _provider.Entries.Put(entry));
            _provider.Calls.Complete([(flight, new FlightOutcome.Answered(entry))]);
            return;
        }

        if (kind == OutcomeKind.NotFound && call.Group is { Batches: true, Endpoint.Batch: { ItemErrors: true, SingleParameter: not null } }
            && _maker.FromBatch(call, reply, plain, sentAt, out _) is { } alone)
        {
            // Asked alone, the error is the whole answer; among others it would stand in the item's place, and so it is kept.
            _provider.Calls.Complete(alone);
            return;
        }

        if (kind == OutcomeKind.NotFound && flight.Store && call.Group is { Batches: true, Endpoint.Batch.AllOrNothing: true })
        {
            var refusal = _maker.Refused(flight, reply, plain, sentAt);
            _provider.Entries.Put(refusal);
            _provider.Calls.Complete([(flight, new FlightOutcome.Answered(refusal))]);
            return;
        }

        if (kind == OutcomeKind.Plan && found.Remember is { } memory)
        {
            _provider.PlanRefusals.Add(flight.Leader.Plan, memory, reply, plain, sentAt, _provider.Entries.NextVersion(sentAt));
        }

        End(call, Said(reply, plain, kind));
    }

    private void OnLimited(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> plain, Classification found)
    {
        _provider.Stats.Of(call.Group.Endpoint).LimitedByUpstream();
        _provider.Calls.Health(call, OutcomeKind.Limited);
        LimitClosing.Close(_provider, call, found);
        var retryAt = call.Group.Limits.Count > 0 ? call.Group.Limits.Max(limit => limit.ClosedUntil) : (EngineTime?)null;
        var outcome = reply.Status is 429 or 418
            ? (FlightOutcome)Said(reply, plain, OutcomeKind.Limited)
            : new FlightOutcome.Failed(OutcomeKind.Limited, new Refusal(RefusalKind.Limited, 429, "The upstream says its limit is reached.", retryAt, call.Group.Limits.Count > 0 ? call.Group.Limits[0].Name : null));
        // After a limit answer the same items go again as they were, never split, once the limit is open, if that is still in time.
        var inTime = call.Flights.Where(flight => retryAt is null || retryAt + call.Group.Health.RoundTrip < flight.Deadline).ToList();
        End(call, outcome, [.. call.Flights.Except(inTime)]);
        RetryOrFail(call, inTime, outcome);
    }

    private void OnTransient(PlannedCall call, FlightOutcome failure)
    {
        _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        _provider.Calls.Health(call, OutcomeKind.Transient);
        RetryOrFail(call, call.Flights, failure);
    }

    private void Malformed(PlannedCall call, string why)
    {
        _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        _provider.Calls.Health(call, OutcomeKind.Malformed);
        End(call, new FlightOutcome.Failed(
            OutcomeKind.Malformed, new Refusal(RefusalKind.UpstreamUnusable, 502, $"The upstream's answer cannot be used: {why}.", null, null)));
    }

    private void End(PlannedCall call, FlightOutcome outcome) => End(call, outcome, call.Flights);

    private void End(PlannedCall call, FlightOutcome outcome, IReadOnlyList<Flight> flights)
    {
        if (outcome is FlightOutcome.UpstreamSaid)
        {
            _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        }

        _provider.Calls.Complete(flights.Select(flight => (flight, outcome)));
    }

    private void OnUnauthorized(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> plain, OutcomeKind kind)
    {
        // The gate's own sign-in may merely have ended before its time: signed on anew, the same items go once more, as a call of its own.
        if (call.Grant is { } grant && reply.Status != 403 && _provider.SignIn!.Refused(grant))
        {
            var now = _provider.Clock.Now;
            var again = call.Flights.Where(flight => !flight.SignedInAgain && flight.Attempts < AttemptsMax && now + call.Group.Health.RoundTrip < flight.Deadline).ToList();
            foreach (var flight in again)
            {
                flight.SignedInAgain = true;
                flight.LastFailure = Said(reply, plain, kind);
            }

            End(call, Said(reply, plain, kind), [.. call.Flights.Except(again)]);
            _provider.Calls.Requeue(again, now, tag: null);
            return;
        }

        CredentialClosing.Reject(_provider, call.Flights[0].Leader.Plan);
        End(call, Said(reply, plain, kind));
    }

    private void Accept(PlannedCall call)
    {
        var plan = call.Flights[0].Leader.Plan;
        CredentialClosing.Accept(_provider, plan);
        if (plan.Endpoint.Scope != EndpointScope.Public)
        {
            _provider.Keep(plan.Provider, () => _provider.Entitlements.Accept(
                plan.Provider.Name, plan.Endpoint.Class, plan.Identity.Credential, _provider.Clock.Now, _provider.Options.EntitlementLife));
        }
    }

    private static FlightOutcome.UpstreamSaid Said(UpstreamReply reply, ReadOnlyMemory<byte> plain, OutcomeKind kind) =>
        new(kind, reply.Status, EntryHeaders.Shareable(reply.Headers, decoded: true), plain);
}
