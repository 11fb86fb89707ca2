namespace Headgate.Caching;

/// <summary>What is stored of an item. Immutable: a newer answer is a newer entry.</summary>
public sealed class Entry
{
    public required ItemKey Key { get; init; }

    /// <summary>
    /// Upstream bytes. For batched items the member or element exactly as it stood in the answer (member name included); empty
    /// for a <see cref="IsNegative"/> item that the answer left out. For whole responses the body as received, in <see cref="ContentCoding"/>.
    /// </summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Bytes around the items of a batched answer; null for whole responses.</summary>
    public Envelope? Envelope { get; init; }

    public required int Status { get; init; }

    public required string? ContentType { get; init; }

    /// <summary>Null, <c>gzip</c>, <c>deflate</c> or <c>br</c>.</summary>
    public string? ContentCoding { get; init; }

    /// <summary>End-to-end response headers worth repeating (validators, Last-Modified, provider headers); never Set-Cookie.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Trade, bar or exchange time of the data, when the definition says where it stands.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>When the call that brought it was sent, less the upstream's own <c>Age</c>: age counts from here.</summary>
    public required EngineTime SentAt { get; init; }

    /// <summary>Until then it answers demands that state no bound.</summary>
    public required EngineTime FreshUntil { get; init; }

    /// <summary>Until then it may answer at all.</summary>
    public required EngineTime StaleUntil { get; init; }

    /// <summary>Grows with every entry the engine makes; part of ETags.</summary>
    public required long Version { get; init; }

    /// <summary>The upstream said there is no such item: by leaving it out, or by an error in its place, which is then the body.</summary>
    public bool IsNegative { get; init; }

    /// <summary>
    /// The upstream fails a whole call because of this item, and this is its answer: whoever asks for the item, alone or among others,
    /// is answered with it. Set on items of endpoints that batch.
    /// </summary>
    internal bool IsRefusal => IsNegative && Envelope is null && !Body.IsEmpty;

    /// <summary>Smaller shapes cut from this entry so far; filled on demand, so that a projection is made once per entry.</summary>
    internal Entry[] Projections = [];

    /// <summary>The same item without its name and what stands around items; filled on demand.</summary>
    internal Entry? Bare;

    /// <summary>Bytes it is charged with in the memory bound.</summary>
    public int Size => Body.Length + (Key.Id.Length * 2) + 160;
}

/// <summary>The bytes of a batched answer before, between and after its items; shared by all entries of one call.</summary>
/// <param name="Prefix">Up to the first item.</param>
/// <param name="Separator">Between two items.</param>
/// <param name="Suffix">After the last item.</param>
/// <param name="SentAt">The call's send: the newest contributing call's envelope is used.</param>
public sealed record Envelope(ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> Separator, ReadOnlyMemory<byte> Suffix, EngineTime SentAt);
