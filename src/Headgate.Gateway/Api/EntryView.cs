using Headgate.Caching;

namespace Headgate.Gateway.Api;

/// <summary>An entry as the API tells it.</summary>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="Item">The item, without credentials.</param>
/// <param name="Owner">Eight digits of its account's hash, or null where it is shared.</param>
/// <param name="Status">The upstream's status.</param>
/// <param name="ContentType">As the upstream sent it.</param>
/// <param name="ContentCoding">As stored; null for none.</param>
/// <param name="Bytes">Length of the body as stored.</param>
/// <param name="AgeSeconds">Since the send of the call that brought it.</param>
/// <param name="SentAt">That moment.</param>
/// <param name="FreshUntil">Until then it answers demands that state no bound.</param>
/// <param name="StaleUntil">Until then it may answer at all.</param>
/// <param name="AsOf">The data's own time.</param>
/// <param name="Version">Grows with every entry made.</param>
/// <param name="Negative">The upstream said there is no such item.</param>
/// <param name="Body">The body as text, when asked for, shared and text; else null.</param>
/// <param name="BodyBase64">The body in base64, when it is not plain text.</param>
/// <param name="Withheld">Why the body is not told.</param>
internal sealed record EntryView(
    string Endpoint,
    string Item,
    string? Owner,
    int Status,
    string? ContentType,
    string? ContentCoding,
    long Bytes,
    decimal AgeSeconds,
    string SentAt,
    string FreshUntil,
    string StaleUntil,
    DateTimeOffset? AsOf,
    long Version,
    bool Negative,
    string? Body,
    string? BodyBase64,
    string? Withheld)
{
    public static EntryView Of(EntryInfo entry, EngineTime now) => new(
        entry.Key.Endpoint,
        entry.Key.Id,
        entry.Key.Owner.IsNone ? null : entry.Key.Owner.ToString(),
        entry.Status,
        entry.ContentType,
        entry.ContentCoding,
        entry.Bytes,
        Math.Round((decimal)(now - entry.SentAt).Ticks / TimeSpan.TicksPerSecond, 3),
        entry.SentAt.ToString(),
        entry.FreshUntil.ToString(),
        entry.StaleUntil.ToString(),
        entry.AsOf,
        entry.Version,
        entry.IsNegative,
        null,
        null,
        null);

    /// <summary>With its bytes. An account's own are nobody else's to read, the operator's neither.</summary>
    public static EntryView WithBody(Entry entry, EngineTime now)
    {
        var view = Of(EntryInfo.Of(entry), now);
        if (!entry.Key.Owner.IsNone)
        {
            return view with { Withheld = "It belongs to one account." };
        }

        return entry.ContentCoding is null && System.Text.Unicode.Utf8.IsValid(entry.Body.Span)
            ? view with { Body = System.Text.Encoding.UTF8.GetString(entry.Body.Span) }
            : view with { BodyBase64 = Convert.ToBase64String(entry.Body.Span) };
    }
}
