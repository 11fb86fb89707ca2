using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Turns an upstream's answer into entries and outcomes for the flights it carries.</summary>
internal sealed class FlightLander
{
    private readonly ProviderContext _provider;
    private readonly EntryMaker _maker;
    private readonly FlightFaults _faults;

    public FlightLander(ProviderContext provider, EntryMaker maker, FlightFaults faults)
    {
        _provider = provider;
        _maker = maker;
        _faults = faults;
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
                    _faults.Malformed(call, $"its body has more than {endpoint.ResponseBytesMax} bytes");
                    return;
                }

                await StreamAsync(call, reply, sentAt, body);
                return;
            }

            Land(call, reply, body, sentAt);
        }
        catch (UpstreamBodyException exception)
        {
            if (LimitClosing.CloseByHead(_provider, call, reply))
            {
                _faults.LimitedByHead(call);
                return;
            }

            _faults.Transient(call, new FlightOutcome.Failed(OutcomeKind.Transient, Refusals.ForFetch(exception.Fault)));
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
            _faults.Malformed(call, "its body cannot be decoded");
            return;
        }

        var found = OutcomeClassifier.Classify(call.Flights[0].Leader.Plan.Provider, endpoint, reply.Status, reply.Headers, plain.Span, _provider.Clock.WallNow);
        switch (found.Kind)
        {
            case OutcomeKind.Success:
                CredentialClosing.Entitle(_provider, call.Flights[0].Leader.Plan);
                Succeed(call, reply, body, plain, sentAt);
                break;
            case OutcomeKind.Malformed:
                _faults.Malformed(call, found.Reason);
                break;
            case OutcomeKind.Limited:
                _faults.Limited(call, reply, plain, found);
                break;
            case OutcomeKind.Transient:
                // An error told in a 200 body is no answer to pass on as one.
                _faults.Transient(call, IsSuccess(reply.Status)
                    ? new FlightOutcome.Failed(found.Kind, new Refusal(RefusalKind.UpstreamUnusable, 502, "The upstream's answer says that it failed.", null, null))
                    : FlightFaults.Said(reply, plain, found.Kind));
                break;
            case OutcomeKind.Unauthorized:
                _provider.Calls.Health(call, found.Kind);
                _faults.Unauthorized(call, reply, plain, found.Kind);
                break;
            default:
                _provider.Calls.Health(call, found.Kind);
                if (found.Kind == OutcomeKind.NotFound && IsSuccess(reply.Status))
                {
                    // "There is no such item" with a good status is an answer, given to a credential that was taken. A 404 may come before
                    // anybody looks at the credential and proves nothing.
                    CredentialClosing.Entitle(_provider, call.Flights[0].Leader.Plan);
                }

                _faults.OfItem(call, reply, plain, found, sentAt);
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
                _faults.Malformed(call, "it holds no items where its definition says");
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

    private Task StreamAsync(PlannedCall call, UpstreamReply reply, EngineTime sentAt, ReadOnlyMemory<byte> head)
    {
        var flight = call.Flights[0];
        CredentialClosing.Entitle(_provider, flight.Leader.Plan);
        return BodyStreaming.RunAsync(
            _provider,
            call,
            reply,
            head,
            shared => new FlightOutcome.Streaming(reply.Status, EntryHeaders.Shareable(reply.Headers), reply.ContentLength, shared, sentAt),
            shared =>
            {
                _provider.Calls.Health(call, OutcomeKind.Success);
                if (shared is not null && flight.Store && shared.Length <= call.Group.Endpoint.ResponseBytesMax)
                {
                    Keep(flight, reply, shared, sentAt);
                }
            },
            () =>
            {
                _provider.Stats.Of(call.Group.Endpoint).UpstreamFailed();
                _provider.Calls.Health(call, OutcomeKind.Transient);
            });
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

}
