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

    /// <summary>One outcome per flight of a batched call, but for those whose item the answer may have under another name; entries are stored. Null when the answer has no items where the definition says.</summary>
    /// <param name="call">What was sent.</param>
    /// <param name="reply">Status and headers.</param>
    /// <param name="body">Decoded.</param>
    /// <param name="sentAt">When the call was sent.</param>
    /// <param name="limited">What an item says of a limit in place of its data, or null.</param>
    public IReadOnlyList<(Flight, FlightOutcome)>? FromBatch(PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> body, EngineTime sentAt, out Classification? limited)
    {
        limited = null;
        var isAlone = call.Flights.Count == 1;
        var batch = call.Group.Endpoint.Batch!;
        var isBare = CallBuilder.IsBare(call.Group.Endpoint, call.Flights.Count);
        if ((isBare ? BareItem.Wrap(body, batch, call.Flights[0].Item.Text) : ItemSplitter.Split(body, batch)) is not { } split)
        {
            return null;
        }

        var envelope = split.ToEnvelope(sentAt);
        List<(Flight, FlightOutcome)> outcomes = [];
        foreach (var flight in call.Flights)
        {
            if (Named(flight, batch, split, isAlone))
            {
                outcomes.Add((flight, OfItem(flight, call.Group.Endpoint, split, envelope, reply, sentAt, ref limited)));
            }
        }

        return outcomes;
    }

    /// <summary>Is it known by which name the answer has the item, if it has it? Asked alone, the one item of the answer is it.</summary>
    private bool Named(Flight flight, BatchModel batch, SplitAnswer split, bool isAlone)
    {
        var name = flight.Item.Text;
        var endpoint = flight.Group.Endpoint.Id;
        if (!batch.Renames || split.Items.ContainsKey(_provider.ItemNames.Of(endpoint, name)))
        {
            return true;
        }

        if (isAlone && split.Items.Count == 1)
        {
            _provider.ItemNames.Learn(endpoint, name, split.Items.Keys.First());
        }

        return isAlone;
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

    /// <summary>An item that fails every call it is part of, remembered so that one client's typing error does not take others' calls apart again and again.</summary>
    public Entry Refused(Flight flight, UpstreamReply reply, ReadOnlyMemory<byte> plain, EngineTime sentAt)
    {
        var until = sentAt + flight.Group.Endpoint.Batch!.MissingTtl;
        return new Entry
        {
            Key = flight.Item.Key,
            Body = plain,
            Status = reply.Status,
            ContentType = reply.Header("Content-Type"),
            SentAt = sentAt,
            FreshUntil = until,
            StaleUntil = until,
            Version = _provider.Entries.NextVersion(sentAt),
            IsNegative = true,
        };
    }

    private FlightOutcome OfItem(
        Flight flight, EndpointModel called, SplitAnswer split, Envelope envelope, UpstreamReply reply, EngineTime sentAt, ref Classification? limited)
    {
        var batch = called.Batch!;
        if (!split.Items.TryGetValue(_provider.ItemNames.Of(called.Id, flight.Item.Text), out var item))
        {
            return batch.Missing == MissingItem.Omit
                ? Keep(flight, Make(flight, called, default, null, envelope, reply, sentAt, batch.MissingTtl))
                : Quarantined(flight, "is missing from the answer");
        }

        if (batch.ItemErrors && OutcomeClassifier.ClassifyItem(flight.Leader.Plan.Provider, flight.Group.Endpoint, item.Value.Span) is { Kind: not OutcomeKind.Success } found)
        {
            return OfError(flight, Make(flight, called, item.Whole.ToArray(), null, envelope, reply, sentAt, batch.MissingTtl), found, ref limited);
        }

        foreach (var member in batch.Required)
        {
            if (JsonMember.Value(item.Value, member) is null)
            {
                return Quarantined(flight, $"has no {member}");
            }
        }

        return Keep(flight, Make(flight, called, item.Whole.ToArray(), AsOfReader.Read(item.Value, batch.AsOf), envelope, reply, sentAt, null));
    }

    /// <summary>An error in an item's place: its asker sees it where the item would stand, and it is never kept as data.</summary>
    private FlightOutcome OfError(Flight flight, Entry error, Classification found, ref Classification? limited)
    {
        switch (found.Kind)
        {
            case OutcomeKind.NotFound:
                return Keep(flight, error);
            case OutcomeKind.Limited:
                limited = found;
                return new FlightOutcome.Failed(OutcomeKind.Limited, new Refusal(RefusalKind.Limited, 429, "The upstream says its limit is reached.", null, null));
            case OutcomeKind.Transient or OutcomeKind.Malformed:
                return Quarantined(flight, "is an error");
            default:
                return new FlightOutcome.Answered(error);
        }
    }

    private Entry Make(
        Flight flight, EndpointModel called, ReadOnlyMemory<byte> bytes, DateTimeOffset? asOf, Envelope envelope, UpstreamReply reply, EngineTime sentAt, TimeSpan? missingTtl)
    {
        var plan = flight.Leader.Plan;
        var aged = AgedSend(reply, sentAt);
        var (freshUntil, staleUntil) = missingTtl is { } ttl
            ? (sentAt + ttl, sentAt + ttl)
            : _provider.Policy.Of(flight.Item.Market, called, plan.Bar, aged, originTtl: null);
        return new Entry
        {
            // A smaller shape that rode with a larger one's call is kept as what was fetched.
            Key = flight.Item.Key with { Endpoint = called.Id },
            Body = bytes,
            Envelope = envelope,
            Status = reply.Status,
            ContentType = reply.Header("Content-Type"),
            Headers = flight.Group.Endpoint.Batch!.Headers,
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
            _provider.Keep(flight.Leader.Plan.Provider, () => _provider.Entries.Put(entry));
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
