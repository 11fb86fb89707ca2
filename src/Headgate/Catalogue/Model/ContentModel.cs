namespace Headgate.Catalogue;

/// <summary>What a POST that is a read may carry. Its answer is kept under the hash of that content, so the same content is sent once.</summary>
/// <param name="Types">Media types its body may have, in lower case.</param>
/// <param name="BytesMax">Largest body.</param>
public sealed record ContentModel(IReadOnlyList<string> Types, long BytesMax)
{
    /// <summary>The media type of a request's body in lower case, without parameters; empty for none.</summary>
    public static string TypeOf(ClientRequest request)
    {
        var type = request.Header("Content-Type") ?? "";
        var semicolon = type.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? type : type[..semicolon]).Trim().ToLowerInvariant();
    }

    /// <summary>Is that body one this endpoint takes?</summary>
    public bool Takes(ClientRequest request) => request.HasBody && request.Body.Length > 0 && request.Body.Length <= BytesMax && Types.Contains(TypeOf(request), StringComparer.Ordinal);
}
