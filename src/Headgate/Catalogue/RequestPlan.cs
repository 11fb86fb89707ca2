using Headgate.Flights;
using Headgate.History;

namespace Headgate.Catalogue;

/// <summary>A client request understood: which endpoint, whose, which items, and how to write the calls that fetch them.</summary>
/// <remarks>Immutable and free of time, so that it may be remembered per (provider, target, credential) and used again.</remarks>
public sealed class RequestPlan
{
    private bool _rangeKnown;

    public required ProviderModel Provider { get; init; }

    public required EndpointModel Endpoint { get; init; }

    public required Identities Identity { get; init; }

    /// <summary>It states its credential twice and differently: whose it is cannot be told, and the edge refuses it.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>Path and query as they go upstream when nothing is rebuilt: the provider's path prefix and the client's raw bytes.</summary>
    public required string Target { get; init; }

    /// <summary>The same without credentials, for logs and explanations.</summary>
    public required string SafeTarget { get; init; }

    /// <summary>In request order, duplicates once; exactly one for endpoints that do not batch.</summary>
    public required IReadOnlyList<PlannedItem> Items { get; init; }

    /// <summary>The one item was asked by the parameter for one alone, so its answer is the bare item, without what stands around items.</summary>
    public bool IsBare { get; init; }

    /// <summary>Bar length of a candle request, or null.</summary>
    public TimeSpan? Bar { get; init; }

    /// <summary>A POST that is a read, with a body its endpoint takes: kept under the hash of its content.</summary>
    public bool IsContentRead { get; init; }

    /// <summary>Calls for it carry the sign-in that the gate owns.</summary>
    public bool SignsIn { get; init; }

    /// <summary>Where the call goes instead of the provider's own address, or null.</summary>
    internal Uri? Address { get; init; }

    /// <summary>Keyed hash of the upstream's address where history is kept, else empty: a data directory may have served another upstream before.</summary>
    internal string Origin { get; init; } = "";

    /// <summary>What the engine that asked by it last has looked up for it; null before. Racing writers store the same.</summary>
    internal PlanTies? Ties { get; set; }

    /// <summary>The part of a candle series that this call of the engine's own asks for; null for what clients ask.</summary>
    internal RangeRequest? Chunk { get; init; }

    /// <summary>A client's candle request whose closed bars are kept as rows; null for everything else.</summary>
    internal RangeRequest? Range
    {
        get
        {
            // Racing readers compute the same value; the flag is written after it.
            if (!Volatile.Read(ref _rangeKnown))
            {
                field = Chunk is null ? RangeRequest.TryParse(this) : null;
                Volatile.Write(ref _rangeKnown, true);
            }

            return field;
        }
    }

    /// <summary>What two asks must share to travel in one call.</summary>
    public required CallVariant Variant { get; init; }

    /// <summary>The scope value of each of the endpoint's limits, in the order of <see cref="EndpointModel.Limits"/>; ledger keys. Empty for a limit that does not count this request.</summary>
    public required IReadOnlyList<string> LimitKeys { get; init; }

    /// <summary>Headers with the gate's own secrets, for callers that bring none; never logged. Injected query parameters are part of <see cref="Target"/>.</summary>
    public IReadOnlyList<HeaderField> InjectedHeaders { get; init; } = [];

    /// <summary>The same request for some of its items alone; for endpoints that batch.</summary>
    internal RequestPlan Only(IReadOnlyList<PlannedItem> items) => items.Count == Items.Count ? this : new()
    {
        Provider = Provider,
        Endpoint = Endpoint,
        Identity = Identity,
        Target = CallBuilder.Build(this, Endpoint, [.. items.Select(item => item.Text)]),
        SafeTarget = SafeTarget,
        Items = items,
        IsBare = CallBuilder.IsBare(Endpoint, items.Count),
        Bar = Bar,
        Origin = Origin,
        Variant = Variant,
        LimitKeys = LimitKeys,
        InjectedHeaders = InjectedHeaders,
    };
}

/// <summary>One asked item.</summary>
/// <param name="Key">What its entry is stored under for this endpoint.</param>
/// <param name="Text">Its decoded name as it goes into a call.</param>
/// <param name="Market">Market whose sessions its freshness follows; null for none, as if always open.</param>
public readonly record struct PlannedItem(ItemKey Key, string Text, string? Market = null);

/// <summary>Everything of a call but its items. Two demands whose variants are equal may be merged.</summary>
/// <param name="Endpoint">The endpoint that is called.</param>
/// <param name="Path">Raw path as the client sent it, with the provider's prefix.</param>
/// <param name="FixedQuery">Raw query parameters that carry no item, in the order sent, credentials included; without <c>?</c>.</param>
/// <param name="Credential">Calls carry exactly one caller's credential.</param>
/// <remarks>For items in a path segment the item's place in <paramref name="Path"/> is a single space, which no raw path has.</remarks>
public sealed record CallVariant(string Endpoint, string Path, string FixedQuery, IdentityHash Credential)
{
    /// <summary>The endpoint alone: path and query may hold credentials, and records end up in logs.</summary>
    public override string ToString() => Endpoint;
}
