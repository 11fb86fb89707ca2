using System.Text;
using System.Text.Json;
using Headgate.Caching;
using Headgate.Catalogue;

namespace Headgate.Upstream;

/// <summary>
/// One item asked alone at an upstream that then leaves out what stands around items (Binance <c>symbol=</c>, Twelve Data with one
/// symbol): put among others it gets its name and brackets, asked alone it loses them. Its own bytes never change.
/// </summary>
internal static class BareItem
{
    /// <summary>A bare answer as if it were an answer of one item. Null when it is no object, or names another item.</summary>
    public static SplitAnswer? Wrap(ReadOnlyMemory<byte> body, BatchModel batch, string item)
    {
        if (!IsObject(body.Span))
        {
            return null;
        }

        if (batch.Shape == ItemsShape.Array)
        {
            return string.Equals(JsonMember.Text(body.Span, batch.KeyField!), item, StringComparison.Ordinal)
                ? Around(item, new SplitItem(body, body), "[", "]")
                : null;
        }

        var name = Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(item, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":");
        return Around(item, new SplitItem((byte[])[.. name, .. body.Span], body), "{", "}");
    }

    /// <summary>The entry in the form its plan asks for.</summary>
    public static Entry Shaped(RequestPlan plan, Entry entry) => plan.IsBare && entry.Envelope is not null ? entry.Bare ??= Strip(entry) : entry;

    private static SplitAnswer Around(string item, SplitItem only, string before, string after) => new(
        new Dictionary<string, SplitItem>(StringComparer.Ordinal) { [item] = only }, Encoding.UTF8.GetBytes(before), ","u8.ToArray(), Encoding.UTF8.GetBytes(after));

    // A stored member begins with its quoted name, an element with its brace.
    private static Entry Strip(Entry entry) => new()
    {
        Key = entry.Key,
        Body = entry.Body.Span is [(byte)'"', ..] member ? entry.Body[ValueStart(member)..] : entry.Body,
        Status = entry.Status,
        ContentType = entry.ContentType,
        AsOf = entry.AsOf,
        SentAt = entry.SentAt,
        FreshUntil = entry.FreshUntil,
        StaleUntil = entry.StaleUntil,
        Version = entry.Version,
        IsNegative = entry.IsNegative,
    };

    private static int ValueStart(ReadOnlySpan<byte> member)
    {
        var at = 1;
        while (member[at] != '"')
        {
            at += member[at] == '\\' ? 2 : 1;
        }

        at++;
        while (member[at] is (byte)':' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    private static bool IsObject(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOfAnyExcept(" \t\r\n"u8);
        return start >= 0 && body[start] == '{';
    }
}
