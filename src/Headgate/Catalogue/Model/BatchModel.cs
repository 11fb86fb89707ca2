namespace Headgate.Catalogue;

/// <summary>How item names sit in a request.</summary>
public enum BatchStyle
{
    /// <summary><c>i=A&amp;i=B</c></summary>
    Repeated,

    /// <summary><c>symbols=A,B</c></summary>
    Comma,

    /// <summary><c>symbols=["A","B"]</c></summary>
    JsonArray,

    /// <summary><c>/quotes/A,B</c></summary>
    PathSegment,
}

/// <summary>How items sit in an answer.</summary>
public enum ItemsShape
{
    /// <summary>An object whose member names are the items.</summary>
    Map,

    /// <summary>An array whose elements name their item in a field.</summary>
    Array,
}

/// <summary>What an asked item that the answer lacks means.</summary>
public enum MissingItem
{
    /// <summary>The item is unknown; the answer simply omits it.</summary>
    Omit,

    /// <summary>The answer is unusable without it.</summary>
    Malformed,
}

/// <summary>Merging: which parameter carries items, how many fit, and where the answer holds them.</summary>
public sealed class BatchModel
{
    public required BatchStyle Style { get; init; }

    /// <summary>Query parameter or path capture that carries items.</summary>
    public required string Parameter { get; init; }

    /// <summary>Items per call, at least 1.</summary>
    public required int Max { get; init; }

    /// <summary>Bytes of an encoded target, at most.</summary>
    public required int UrlMax { get; init; }

    /// <summary>Items one request may name before it is refused with 400; default 5,000.</summary>
    public int RequestMax { get; init; } = 5_000;

    public required ItemsShape Shape { get; init; }

    /// <summary>Member names from the root to the container of the items; empty is the root.</summary>
    public required IReadOnlyList<string> ItemsPath { get; init; }

    /// <summary>For <see cref="ItemsShape.Array"/>: the field that names the item.</summary>
    public string? KeyField { get; init; }

    public MissingItem Missing { get; init; } = MissingItem.Omit;

    /// <summary>One bad item fails the whole call: take it apart by bisection.</summary>
    public bool AllOrNothing { get; init; }

    /// <summary>How long an unknown item is remembered as unknown.</summary>
    public required TimeSpan MissingTtl { get; init; }

    /// <summary>When one item is asked alone: the parameter to use instead (Binance <c>symbol</c>), whose answer is the bare item; else null.</summary>
    public string? SingleParameter { get; init; }

    /// <summary>Headers of every answer of several items (Twelve Data: <c>Is_batch</c>, which its client insists on); never of the bare item's.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>An item may be an error object instead of data: the provider's error rules are tried on each, as if it were a body with status 200.</summary>
    public bool ItemErrors { get; init; }

    /// <summary>Members every item must have; an item that lacks one is quarantined.</summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>Member of an item that says, by any value but 0, false and null, that its data is delayed; empty for none.</summary>
    public IReadOnlyList<string> Delayed { get; init; } = [];

    /// <summary>Item names are upper-cased before use.</summary>
    public bool UpperCase { get; init; }

    /// <summary>Other names of items, to the name the answer has: all of them are one item. Compared ordinally, after <see cref="UpperCase"/>.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>An answer may name an item otherwise than it was asked: what is missing among others is asked alone once, and its name is learnt.</summary>
    public bool Renames { get; init; }

    /// <summary>Member of an item that holds its trade or quote time, or null.</summary>
    public AsOfModel? AsOf { get; init; }
}

/// <summary>Where the time of the data stands and how it is written.</summary>
/// <param name="Path">Member names inside the item or body.</param>
/// <param name="Format"><c>unix</c>, <c>unixMs</c>, <c>iso</c> or a .NET date pattern.</param>
/// <param name="Zone">IANA zone for patterns without an offset.</param>
public sealed record AsOfModel(IReadOnlyList<string> Path, string Format, string Zone);
