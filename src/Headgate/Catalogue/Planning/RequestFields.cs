using System.Text;

namespace Headgate.Catalogue;

/// <summary>Reads one field of a request wherever clients write it: query, form body, JSON body or a part of a multipart form.</summary>
/// <remarks>Never throws on what a client sends; what cannot be read is absent.</remarks>
internal static class RequestFields
{
    // A field that tells whose limit is spent stands early; documents and photographs come after it.
    private const int BytesSearched = 64 << 10;
    private const int ValueMax = 256;

    public static string? Find(ClientRequest request, string name)
    {
        if (Targets.Parameter(request.Target, name) is { } inQuery)
        {
            return Bounded(inQuery);
        }

        if (request.Body.IsEmpty || request.Header("Content-Type") is not { } type)
        {
            return null;
        }

        var body = request.Body.Span;
        return Bounded(
            type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ? JsonProbe.Text(body, [name])
            : type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? Form(body, name)
            : type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) ? Part(body, name)
            : null);
    }

    private static string? Form(ReadOnlySpan<byte> body, string name) =>
        Targets.Parameter($"/?{Encoding.ASCII.GetString(body[..Math.Min(body.Length, BytesSearched)])}", name);

    private static string? Part(ReadOnlySpan<byte> body, string name)
    {
        body = body[..Math.Min(body.Length, BytesSearched)];
        var at = IndexOfName(body, $"name=\"{name}\"");
        at = at < 0 ? IndexOfName(body, $"name={name}\r\n") : at;
        if (at < 0)
        {
            return null;
        }

        var rest = body[at..];
        var start = rest.IndexOf("\r\n\r\n"u8);
        if (start < 0)
        {
            return null;
        }

        rest = rest[(start + 4)..];
        var end = rest.IndexOf("\r\n"u8);
        return end < 0 ? null : Encoding.UTF8.GetString(rest[..end]);
    }

    // "name=" must begin a parameter of its own: filename="chat_id" names no field.
    private static int IndexOfName(ReadOnlySpan<byte> body, string text)
    {
        var wanted = Encoding.UTF8.GetBytes($" {text}");
        return body.IndexOf(wanted);
    }

    private static string? Bounded(string? value) => value is { Length: > 0 and <= ValueMax } ? value : null;
}
