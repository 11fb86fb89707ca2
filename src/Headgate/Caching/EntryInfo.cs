namespace Headgate.Caching;

/// <summary>What is told of an entry in a listing: everything but its bytes.</summary>
/// <param name="Key">What it is stored under.</param>
/// <param name="Status">The upstream's status.</param>
/// <param name="ContentType">As the upstream sent it, or null.</param>
/// <param name="ContentCoding">Null, <c>gzip</c>, <c>deflate</c> or <c>br</c>.</param>
/// <param name="AsOf">The data's own time, when known.</param>
/// <param name="SentAt">Age counts from here.</param>
/// <param name="FreshUntil">Until then it answers demands that state no bound.</param>
/// <param name="StaleUntil">Until then it may answer at all.</param>
/// <param name="Version">Grows with every entry made.</param>
/// <param name="IsNegative">The upstream said there is no such item.</param>
/// <param name="Bytes">Length of its body as stored.</param>
public sealed record EntryInfo(
    ItemKey Key,
    int Status,
    string? ContentType,
    string? ContentCoding,
    DateTimeOffset? AsOf,
    EngineTime SentAt,
    EngineTime FreshUntil,
    EngineTime StaleUntil,
    long Version,
    bool IsNegative,
    long Bytes)
{
    public static EntryInfo Of(Entry entry) => new(
        entry.Key, entry.Status, entry.ContentType, entry.ContentCoding, entry.AsOf, entry.SentAt, entry.FreshUntil, entry.StaleUntil, entry.Version, entry.IsNegative,
        entry.Body.Length);
}
