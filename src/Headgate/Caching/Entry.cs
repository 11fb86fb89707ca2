using System.Runtime.InteropServices;

namespace Headgate.Caching;

/// <summary>What is stored of an item. Immutable: a newer answer is a newer entry.</summary>
/// <remarks>
/// A gate holds a million of these, so it is laid out for size: what the items of a call share stands in one frame, the data's own time in ticks, and
/// the body is one array without slack.
/// </remarks>
public sealed class Entry
{
    /// <summary>Bytes an entry takes over its body and the letters of its key, measured (docs/performance.md) and rounded up.</summary>
    private const int Overhead = 200;

    private const long NoTime = long.MinValue;

    private EntryFrame _frame = new();
    private readonly byte[] _body = [];
    private readonly long _asOfTicks = NoTime;
    private readonly short _asOfOffsetMinutes;
    private readonly int _bodyStart;
    private Derived? _derived;

    public required ItemKey Key
    {
        get => new(_frame.Endpoint, _frame.Owner, Id);
        init => (_frame.Endpoint, _frame.Owner, Id) = (value.Endpoint, value.Owner, value.Id);
    }

    /// <summary>
    /// Upstream bytes. For batched items the member or element exactly as it stood in the answer (member name included); empty
    /// for a <see cref="IsNegative"/> item that the answer left out. For whole responses the body as received, in <see cref="ContentCoding"/>.
    /// </summary>
    /// <remarks>The end of an array is kept as it is; anything else is copied, so that no entry keeps a larger buffer alive.</remarks>
    public required ReadOnlyMemory<byte> Body
    {
        get => new(_body, _bodyStart, _body.Length - _bodyStart);
        init => (_body, _bodyStart) = value.IsEmpty
            ? ([], 0)
            : MemoryMarshal.TryGetArray(value, out var segment) && segment.Offset + segment.Count == segment.Array!.Length
                ? (segment.Array, segment.Offset)
                : (value.ToArray(), 0);
    }

    /// <summary>Bytes around the items of a batched answer; null for whole responses.</summary>
    public Envelope? Envelope
    {
        get => _frame.Envelope;
        init => _frame.Envelope = value;
    }

    public required int Status
    {
        get => _frame.Status;
        init => _frame.Status = value;
    }

    public required string? ContentType
    {
        get => _frame.ContentType;
        init => _frame.ContentType = value;
    }

    /// <summary>Null, <c>gzip</c>, <c>deflate</c> or <c>br</c>.</summary>
    public string? ContentCoding
    {
        get => _frame.ContentCoding;
        init => _frame.ContentCoding = value;
    }

    /// <summary>End-to-end response headers worth repeating (validators, Last-Modified, provider headers); never Set-Cookie.</summary>
    public IReadOnlyList<HeaderField> Headers
    {
        get => _frame.Headers;
        init => _frame.Headers = value;
    }

    /// <summary>Trade, bar or exchange time of the data, when the definition says where it stands.</summary>
    public DateTimeOffset? AsOf
    {
        get => _asOfTicks == NoTime ? null : new DateTimeOffset(_asOfTicks, TimeSpan.FromMinutes(_asOfOffsetMinutes));
        init => (_asOfTicks, _asOfOffsetMinutes) = value is { } asOf ? (asOf.Ticks, (short)asOf.TotalOffsetMinutes) : (NoTime, (short)0);
    }

    /// <summary>When the call that brought it was sent, less the upstream's own <c>Age</c>: age counts from here.</summary>
    public required EngineTime SentAt { get; init; }

    /// <summary>Until then it answers demands that state no bound.</summary>
    public required EngineTime FreshUntil { get; init; }

    /// <summary>Until then it may answer at all.</summary>
    public required EngineTime StaleUntil { get; init; }

    /// <summary>Grows with every entry the engine makes; part of ETags.</summary>
    public required long Version { get; init; }

    /// <summary>The upstream said there is no such item: by leaving it out, or by an error in its place, which is then the body.</summary>
    public bool IsNegative
    {
        get => _frame.IsNegative;
        init => _frame.IsNegative = value;
    }

    /// <summary>The item within its endpoint and owner: <see cref="ItemKey.Id"/>.</summary>
    internal string Id { get; private init; } = "";

    internal EntryFrame Frame => _frame;

    /// <summary>
    /// The upstream fails a whole call because of this item, and this is its answer: whoever asks for the item, alone or among others,
    /// is answered with it. Set on items of endpoints that batch.
    /// </summary>
    internal bool IsRefusal => _frame.IsNegative && Envelope is null && _body.Length > _bodyStart;

    /// <summary>Has it answered anybody from memory? Racing readers write the same.</summary>
    internal bool WasServed
    {
        get => field;
        set
        {
            // Written once: a hit must not take the line from other cores each time.
            if (field != value)
            {
                field = value;
            }
        }
    }

    /// <summary>Smaller shapes cut from this entry so far; filled on demand, so that a projection is made once per entry.</summary>
    internal Entry[] Projections
    {
        get => _derived?.Projections ?? [];
        set => (_derived ??= new Derived()).Projections = value;
    }

    /// <summary>The same item without its name and what stands around items; filled on demand.</summary>
    internal Entry? Bare
    {
        get => _derived?.Bare;
        set => (_derived ??= new Derived()).Bare = value;
    }

    /// <summary>Bytes it is charged with in the memory bound.</summary>
    public int Size => _body.Length - _bodyStart + (Id.Length * 2) + Overhead;

    internal bool Has(in ItemKey key) =>
        string.Equals(Id, key.Id, StringComparison.Ordinal) && _frame.Owner == key.Owner && string.Equals(_frame.Endpoint, key.Endpoint, StringComparison.Ordinal);

    /// <summary>Reads from each place in memory that an answer reads (see <see cref="EntryTable.Approach"/>): the entry's two lines, its id and its body.</summary>
    internal int Approach() => unchecked(Id.Length ^ _body.Length ^ (int)Version);

    /// <summary>Lets go of its own frame for one that says the same.</summary>
    internal void Share(EntryFrame frame) => _frame = frame;

    private sealed class Derived
    {
        public Entry[] Projections = [];
        public Entry? Bare;
    }
}

/// <summary>The bytes of a batched answer before, between and after its items; shared by all entries of one call.</summary>
/// <param name="Prefix">Up to the first item.</param>
/// <param name="Separator">Between two items.</param>
/// <param name="Suffix">After the last item.</param>
/// <param name="SentAt">The call's send: the newest contributing call's envelope is used.</param>
public sealed record Envelope(ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> Separator, ReadOnlyMemory<byte> Suffix, EngineTime SentAt);
