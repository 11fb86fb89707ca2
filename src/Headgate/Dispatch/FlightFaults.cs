using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>What becomes of flights whose call did not bring what they went for: tried again, taken apart, or ended with the reason.</summary>
internal sealed class FlightFaults
{
    // Two more tries: what has failed three times within one deadline will not be mended by a fourth.
    private const int AttemptsMax = 3;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly ProviderContext _provider;
    private readonly EntryMaker _maker;

    public FlightFaults(ProviderContext provider, EntryMaker maker)
    {
        _provider = provider;
        _maker = maker;
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

    /// <summary>An error that may be one item's.</summary>
    public void OfItem(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> plain, Classification found, EngineTime sentAt)
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

    /// <summary>A limit answer: closes the limit, and items that can still be in time go again.</summary>
    public void Limited(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> plain, Classification found)
    {
        _provider.Stats.Of(call.Group.Endpoint).LimitedByUpstream();
        _provider.Calls.Health(call, OutcomeKind.Limited);
        LimitClosing.Close(_provider, call, found);
        GoAgainInTime(call, reply.Status is 429 or 418 ? Said(reply, plain, OutcomeKind.Limited) : null);
    }

    /// <summary>The same of an answer whose body broke off; the limit is closed by what its head said.</summary>
    public void LimitedByHead(PlannedCall call) => GoAgainInTime(call, said: null);

    // After a limit answer the same items go again as they were, never split, once the limit is open, if that is still in time.
    private void GoAgainInTime(PlannedCall call, FlightOutcome? said)
    {
        var retryAt = call.Group.Limits.Count > 0 ? call.Group.Limits.Max(limit => limit.ClosedUntil) : (EngineTime?)null;
        var outcome = said
            ?? new FlightOutcome.Failed(OutcomeKind.Limited, new Refusal(RefusalKind.Limited, 429, "The upstream says its limit is reached.", retryAt, call.Group.Limits.Count > 0 ? call.Group.Limits[0].Name : null));
        var inTime = call.Flights.Where(flight => retryAt is null || retryAt + call.Group.Health.RoundTrip < flight.Deadline).ToList();
        End(call, outcome, [.. call.Flights.Except(inTime)]);
        RetryOrFail(call, inTime, outcome);
    }

    /// <summary>A fault that may pass by itself.</summary>
    public void Transient(PlannedCall call, FlightOutcome failure)
    {
        _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        _provider.Calls.Health(call, OutcomeKind.Transient);
        RetryOrFail(call, call.Flights, failure);
    }

    /// <summary>An answer that is no data.</summary>
    public void Malformed(PlannedCall call, string why)
    {
        _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        _provider.Calls.Health(call, OutcomeKind.Malformed);
        End(call, new FlightOutcome.Failed(
            OutcomeKind.Malformed, new Refusal(RefusalKind.UpstreamUnusable, 502, $"The upstream's answer cannot be used: {why}.", null, null)));
    }

    /// <summary>A credential that was not taken.</summary>
    public void Unauthorized(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> plain, OutcomeKind kind)
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

    private void End(PlannedCall call, FlightOutcome outcome) => End(call, outcome, call.Flights);

    private void End(PlannedCall call, FlightOutcome outcome, IReadOnlyList<Flight> flights)
    {
        if (outcome is FlightOutcome.UpstreamSaid)
        {
            _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        }

        _provider.Calls.Complete(flights.Select(flight => (flight, outcome)));
    }

    /// <summary>The upstream's own answer, to be passed on.</summary>
    public static FlightOutcome.UpstreamSaid Said(UpstreamReply reply, ReadOnlyMemory<byte> plain, OutcomeKind kind) =>
        new(kind, reply.Status, EntryHeaders.Shareable(reply.Headers, decoded: true), plain);
}
