using System.Collections.Frozen;
using Headgate.Upstream;

namespace Headgate.Caching;

/// <summary>May a shared cache keep this response (RFC 9111 §3)? Pure.</summary>
internal static class OriginRules
{
    /// <summary>Statuses whose caching rules are implemented, for <c>must-understand</c> (§5.2.2.3).</summary>
    private static readonly FrozenSet<int> Understood = new[]
    {
        200, 203, 204, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 410, 414, 416, 421, 451, 500, 501, 502, 503, 504,
    }.ToFrozenSet();

    /// <summary>Kept without explicit freshness too (RFC 9110 §15.1); 206 goes its own way.</summary>
    private static readonly FrozenSet<int> Heuristic = new[] { 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501 }.ToFrozenSet();

    public static bool IsHeuristic(int status) => Heuristic.Contains(status);

    /// <param name="request">What was asked, a GET.</param>
    /// <param name="status">Final status, not 304.</param>
    /// <param name="headers">The response's.</param>
    public static bool IsStorable(ClientRequest request, int status, IReadOnlyList<HeaderField> headers)
    {
        var directives = OriginFreshness.DirectivesFor(headers);
        if (status is < 200 or 304 or 416 || FieldLists.Split(headers, "Vary").Contains("*", StringComparer.Ordinal))
        {
            return false;
        }

        if (directives.MustUnderstand ? !Understood.Contains(status) : directives.NoStore)
        {
            return false;
        }

        if (directives.Private || (request.Header("Authorization") is not null && !directives.AllowsAuthorized))
        {
            return false;
        }

        // Nothing that is neither fresh for a while nor ever validated is worth its bytes.
        return OriginFreshness.IsExplicit(headers, directives)
            || ((IsHeuristic(status) || directives.Public) && (OriginFreshness.Validator(headers) is not null));
    }

    /// <summary>The fields to keep: without those the response itself excepts, cookies (they are one caller's), and what every answer gets anew.</summary>
    public static IReadOnlyList<HeaderField> Storable(IReadOnlyList<HeaderField> headers)
    {
        var named = OriginFreshness.DirectivesFor(headers).NamedFields.ToList();
        return [.. headers.Where(header => !IsMadeHere(header) && !named.Exists(header.Is))];
    }

    /// <summary>Does the response carry fields that its asker is given and nobody after?</summary>
    public static bool HasOwn(IReadOnlyList<HeaderField> headers) => headers.Any(IsCookie) || OriginFreshness.DirectivesFor(headers).NamedFields.Any();

    /// <summary>The body's coding where the gate can undo it; other codings stay with the fields.</summary>
    public static string? KnownCoding(IReadOnlyList<HeaderField> headers)
    {
        string? coding = null;
        foreach (var header in headers)
        {
            if (header.Is("Content-Encoding"))
            {
                if (coding is not null)
                {
                    return null;
                }

                coding = header.Value.Trim().ToLowerInvariant();
            }
        }

        return coding is "gzip" or "deflate" or "br" ? coding : null;
    }

    private static bool IsCookie(HeaderField header) => header.Is("Set-Cookie") || header.Is("Set-Cookie2");

    private static bool IsMadeHere(in HeaderField header) =>
        IsCookie(header) || header.Is("Age") || header.Is("Content-Length") || header.Is("Content-Type") || header.Is("Connection");
}
