using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.History;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Makes entries of what an upstream answered.</summary>
internal sealed class EntryMaker
{
    private readonly ProviderContext _provider;

    public EntryMaker(ProviderContext provider) => _provider = provider;

    /// <summary>One outcome per flight of a batched call; entries are stored. Null when the answer has no items where the definition says.</summary>
    public IReadOnlyList<(Flight, FlightOutcome)>? FromBatch(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> body, EngineTime sentAt)
    {
        var batch = call.Group.Endpoint.Batch!;
        if (ItemSplitter.Split(body, batch) is not { } split)
        {
            return null;
        }

        var envelope = split.ToEnvelope(sentAt);
        List<(Flight, FlightOutcome)> outcomes = [];
        foreach (var flight in call.Flights)
        {
            outcomes.Add((flight, OfItem(flight, batch, split, envelope, reply, sentAt)));
        }

        return outcomes;
    }

    /// <summary>The entry of a whole response.</summary>
    public Entry FromWhole(Flight flight, UpstreamReply reply, ReadOnlyMemory<byte> body, EngineTime sentAt, bool isNegative)
    {
        var plan = flight.Leader.Plan;
        var aged = AgedSend(reply, sentAt);
        var coding = reply.Header("Content-Encoding");
        var (freshUntil, staleUntil) = isNegative
            ? (sentAt + plan.Endpoint.Freshness.Negative, sentAt + plan.Endpoint.Freshness.Negative)
            : _provider.Policy.Of(flight.Item.Market, plan.Endpoint, plan.Bar, aged, originTtl: null);
        return new Entry
        {
            Key = flight.Item.Key,
            Body = body,
            Status = reply.Status,
            ContentType = reply.Header("Content-Type"),
            // Negative answers were decoded for judging and are kept that way; they are small.
            ContentCoding = isNegative || ContentDecoder.IsIdentity(coding) ? null : coding,
            Headers = EntryHeaders.Storable(reply.Headers),
            SentAt = aged,
            FreshUntil = freshUntil,
            StaleUntil = staleUntil,
            Version = _provider.Entries.NextVersion(sentAt),
            IsNegative = isNegative,
        };
    }

    /// <summary>The outcome of a candle call; its final rows are kept. Rows that cannot be told apart with certainty are kept nowhere.</summary>
    public FlightOutcome FromRows(Flight flight, RangeRequest chunk, UpstreamReply reply, ReadOnlyMemory<byte> plain, EngineTime sentAt)
    {
        var plan = flight.Leader.Plan;
        var aged = AgedSend(reply, sentAt);
        var (freshUntil, staleUntil) = _provider.Policy.Of(flight.Item.Market, plan.Endpoint, chunk.OpenBar, aged, originTtl: null);
        var entry = new Entry
        {
            Key = flight.Item.Key,
            Body = plain,
            Status = reply.Status,
            ContentType = reply.Header("Content-Type"),
            Headers = EntryHeaders.Storable(reply.Headers),
            SentAt = aged,
            FreshUntil = freshUntil,
            StaleUntil = staleUntil,
            Version = _provider.Entries.NextVersion(sentAt),
        };
        return new FlightOutcome.Answered(entry) { Rows = _provider.History!.Land(chunk, entry, HttpDate.Parse(reply.Header("Date")), flight.Store) };
    }

    private FlightOutcome OfItem(Flight flight, BatchModel batch, SplitAnswer split, Envelope envelope, UpstreamReply reply, EngineTime sentAt)
    {
        if (!split.Items.TryGetValue(flight.Item.Text, out var item))
        {
            return batch.Missing == MissingItem.Omit
                ? Keep(flight, Make(flight, default, null, envelope, reply, sentAt, batch.MissingTtl))
                : Quarantined(flight, "is missing from the answer");
        }

        foreach (var member in batch.Required)
        {
            if (JsonMember.Value(item.Value, member) is null)
            {
                return Quarantined(flight, $"has no {member}");
            }
        }

        return Keep(flight, Make(flight, item.Whole.ToArray(), AsOfReader.Read(item.Value, batch.AsOf), envelope, reply, sentAt, null));
    }

    private Entry Make(
        Flight flight, ReadOnlyMemory<byte> bytes, DateTimeOffset? asOf, Envelope envelope, UpstreamReply reply, EngineTime sentAt, TimeSpan? missingTtl)
    {
        var plan = flight.Leader.Plan;
        var aged = AgedSend(reply, sentAt);
        var (freshUntil, staleUntil) = missingTtl is { } ttl
            ? (sentAt + ttl, sentAt + ttl)
            : _provider.Policy.Of(flight.Item.Market, flight.Group.Endpoint, plan.Bar, aged, originTtl: null);
        return new Entry
        {
            Key = flight.Item.Key,
            Body = bytes,
            Envelope = envelope,
            Status = reply.Status,
            ContentType = reply.Header("Content-Type"),
            Headers = [],
            AsOf = asOf,
            SentAt = aged,
            FreshUntil = freshUntil,
            StaleUntil = staleUntil,
            Version = _provider.Entries.NextVersion(sentAt),
            IsNegative = missingTtl is not null,
        };
    }

    private FlightOutcome.Answered Keep(Flight flight, Entry entry)
    {
        if (flight.Store)
        {
            _provider.Entries.Put(entry);
        }

        return new FlightOutcome.Answered(entry);
    }

    private static FlightOutcome.Failed Quarantined(Flight flight, string why) => new(
        OutcomeKind.Malformed,
        new Refusal(RefusalKind.UpstreamUnusable, 502, $"The upstream's answer for {flight.Item.Text} {why} and is not used.", null, null));

    // What lay in a cache of the upstream's own was older when it was sent.
    private static EngineTime AgedSend(UpstreamReply reply, EngineTime sentAt) =>
        int.TryParse(reply.Header("Age"), out var age) && age > 0 ? sentAt - TimeSpan.FromSeconds(age) : sentAt;
}
