using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Lands the answers of upstreams whose own headers decide (RFC 9111): kept, brought up to date, or passed on.</summary>
/// <remarks>Nothing is asked twice: a status is an answer, and what broke off is the asker's to repeat, who may be given something stale instead.</remarks>
internal sealed class OriginLander
{
    private readonly ProviderContext _provider;
    private readonly OriginEntries _entries;

    public OriginLander(ProviderContext provider)
    {
        _provider = provider;
        _entries = new OriginEntries(provider.Entries, provider.Clock);
    }

    public async Task LandAsync(PlannedCall call, UpstreamReply reply, EngineTime sentAt)
    {
        await using var _ = reply;
        var demand = call.Flights[0].Leader;
        var kind = Judge(call, reply);
        try
        {
            if (demand.Validates is { } held && reply.Status == 304)
            {
                End(call, kind);
                Complete(call, new FlightOutcome.Answered(Keep(call.Flights[0], _entries.Freshen(held, call.Group.Endpoint, reply.Headers, sentAt))));
                return;
            }

            if (string.Equals(demand.Request.Method, "HEAD", StringComparison.Ordinal))
            {
                End(call, kind);
                Complete(call, OnHead(demand, reply, sentAt) is { } updated ? new FlightOutcome.Answered(updated) : Said(reply, default, kind));
                return;
            }

            await ReadAsync(call, reply, sentAt, kind);
        }
        catch (UpstreamBodyException exception)
        {
            End(call, Broken(kind));
            Fail(_provider, call, new FlightOutcome.Failed(OutcomeKind.Transient, Refusals.ForFetch(exception.Fault)));
        }
    }

    public static void Fail(ProviderContext provider, PlannedCall call, FlightOutcome.Failed failure) => provider.Calls.Complete([(call.Flights[0], failure)]);

    private async Task ReadAsync(PlannedCall call, UpstreamReply reply, EngineTime sentAt, OutcomeKind kind)
    {
        var flight = call.Flights[0];
        // Part of a body is passed on and not kept, and so is what answers a condition of the asker's.
        var isKept = flight.Store && reply.Status is not (206 or 412) && OriginRules.IsStorable(flight.Leader.Request, reply.Status, reply.Headers);
        if (!isKept && kind != OutcomeKind.Transient)
        {
            // What was held is outdated by an answer that may not be kept in its place.
            Outdate(flight, reply);
        }

        var (body, complete) = reply.ContentLength >= _provider.Options.StreamFrom ? (default, false) : await BodyReader.ReadAsync(reply, _provider.Options.StreamFrom);
        if (!complete)
        {
            await StreamAsync(call, reply, sentAt, body, isKept, kind);
            return;
        }

        End(call, kind);
        if (!isKept)
        {
            Complete(call, Said(reply, body, kind));
            return;
        }

        var entry = Keep(flight, Make(flight, reply, body, sentAt));
        Complete(call, new FlightOutcome.Answered(entry) { Own = OriginRules.HasOwn(reply.Headers) ? Said(reply, body, kind) : null });
    }

    private Task StreamAsync(PlannedCall call, UpstreamReply reply, EngineTime sentAt, ReadOnlyMemory<byte> head, bool isKept, OutcomeKind kind)
    {
        var flight = call.Flights[0];
        return BodyStreaming.RunAsync(
            _provider,
            call,
            reply,
            head,
            shared => new FlightOutcome.Streaming(reply.Status, isKept ? EntryHeaders.Shareable(reply.Headers) : reply.Headers, reply.ContentLength, shared, sentAt) { IsPersonal = !isKept },
            shared =>
            {
                End(call, kind);
                if (shared is not null && isKept && shared.Length <= call.Group.Endpoint.ResponseBytesMax)
                {
                    Keep(flight, Make(flight, reply, shared.ToArray(), sentAt));
                }
            },
            () => End(call, Broken(kind)));
    }

    /// <summary>What the head says of limits and credentials holds at once, whatever becomes of the body.</summary>
    private OutcomeKind Judge(PlannedCall call, UpstreamReply reply)
    {
        var plan = call.Flights[0].Leader.Plan;
        var found = OutcomeClassifier.Classify(plan.Provider, plan.Endpoint, reply.Status, reply.Headers, default, _provider.Clock.WallNow);
        // A server error that says how long it holds is meant.
        var kind = found.Kind == OutcomeKind.Transient && OriginFreshness.IsExplicit(reply.Headers, OriginFreshness.DirectivesFor(reply.Headers)) ? OutcomeKind.Permanent : found.Kind;
        switch (kind)
        {
            case OutcomeKind.Limited:
                _provider.Stats.Of(plan.Endpoint).LimitedByUpstream();
                LimitClosing.Close(_provider, call, found);
                break;
            case OutcomeKind.Unauthorized when !plan.Identity.Credential.IsNone:
                CredentialClosing.Reject(_provider, plan);
                break;
            case OutcomeKind.Success or OutcomeKind.Malformed:
                CredentialClosing.Entitle(_provider, plan);
                break;
        }

        return kind;
    }

    /// <summary>How the call went is known, and told once, when its body has ended or broken off.</summary>
    private void End(PlannedCall call, OutcomeKind kind)
    {
        if (kind == OutcomeKind.Transient)
        {
            _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
        }

        _provider.Calls.Health(call, kind == OutcomeKind.Malformed ? OutcomeKind.Success : kind);
    }

    // A limit is met whether its answer is complete or not.
    private static OutcomeKind Broken(OutcomeKind kind) => kind == OutcomeKind.Limited ? kind : OutcomeKind.Transient;

    /// <summary>The answer to a HEAD updates the stored GET, or ends it when it tells of another body (RFC 9111 §4.3.5).</summary>
    private Entry? OnHead(Demand demand, UpstreamReply reply, EngineTime sentAt)
    {
        var plan = demand.Plan;
        if (reply.Status != 200 || _provider.Entries.Find(_provider.Variants.KeyOf(plan.Items[0].Key, demand.Request.Headers)) is not { Status: 200 } held)
        {
            return null;
        }

        if (!IsOf(held, reply, "ETag") || !IsOf(held, reply, "Last-Modified") || (OriginFreshness.Find(reply.Headers, "Content-Length") is { } length && length != $"{held.Body.Length}"))
        {
            _provider.Entries.Remove(held.Key);
            return null;
        }

        var entry = _entries.Freshen(held, plan.Endpoint, reply.Headers, sentAt);
        _provider.Keep(plan.Provider, () => _provider.Entries.Put(entry));
        return entry;
    }

    private static bool IsOf(Entry held, UpstreamReply reply, string validator) =>
        reply.Header(validator) is not { } told || string.Equals(told, OriginFreshness.Find(held.Headers, validator), StringComparison.Ordinal);

    private void Outdate(Flight flight, UpstreamReply reply)
    {
        if (reply.Status is 200 or 404 or 410 && !OriginHeaders.IsOwn(flight.Leader.Request) && flight.Leader.Request.Header("Authorization") is null && !flight.Leader.Freshness.NoStore)
        {
            _provider.Entries.Remove(_provider.Variants.KeyOf(flight.Leader.Plan.Items[0].Key, flight.Leader.Request.Headers));
        }
    }

    private Entry Make(Flight flight, UpstreamReply reply, ReadOnlyMemory<byte> body, EngineTime sentAt)
    {
        var plan = flight.Leader.Plan;
        var key = _provider.Variants.KeyFor(plan.Items[0].Key, flight.Leader.Request.Headers, reply.Headers, sentAt);
        return _entries.Make(key, plan.Endpoint, reply.Status, reply.Headers, body, sentAt);
    }

    private Entry Keep(Flight flight, Entry entry)
    {
        if (flight.Store)
        {
            _provider.Keep(flight.Leader.Plan.Provider, () => _provider.Entries.Put(entry));
        }

        return entry;
    }

    private void Complete(PlannedCall call, FlightOutcome outcome) => _provider.Calls.Complete([(call.Flights[0], outcome)]);

    private static FlightOutcome.UpstreamSaid Said(UpstreamReply reply, ReadOnlyMemory<byte> body, OutcomeKind kind) =>
        new(kind, reply.Status, reply.Headers, body) { IsPersonal = true };
}
