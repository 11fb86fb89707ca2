namespace Headgate.Caching;

/// <summary>Which response headers may be given to others than the one who asked.</summary>
internal static class EntryHeaders
{
    private static readonly string[] Private = ["Set-Cookie", "Set-Cookie2", "WWW-Authenticate", "Authentication-Info", "Proxy-Authenticate"];

    // Written anew for every answer.
    private static readonly string[] Rewritten = ["Content-Length", "Age", "ETag", "Content-Type", "Content-Encoding", "Cache-Status"];

    /// <summary>For answers handed to all waiters of a flight.</summary>
    /// <param name="headers">As received.</param>
    /// <param name="decoded">The body was decoded: its coding and length no longer hold.</param>
    public static IReadOnlyList<HeaderField> Shareable(IReadOnlyList<HeaderField> headers, bool decoded = false) =>
        [.. headers.Where(header => !Private.Any(header.Is) && !(decoded && (header.Is("Content-Encoding") || header.Is("Content-Length"))))];

    /// <summary>For entries of whole responses.</summary>
    public static IReadOnlyList<HeaderField> Storable(IReadOnlyList<HeaderField> headers) =>
        [.. headers.Where(header => !Private.Any(header.Is) && !Rewritten.Any(header.Is))];
}
