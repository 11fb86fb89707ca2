using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>RFC 9110 §13: does the client hold what it would be sent?</summary>
internal static class Conditional
{
    // RFC 9110 §5.6.7: the two obsolete forms must be understood.
    private static readonly string[] DateFormats = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>True when a 304 answers the request.</summary>
    /// <param name="ifNoneMatch">Its lines; when there are any, dates do not count.</param>
    /// <param name="ifModifiedSince">As sent.</param>
    /// <param name="tag">The present tag.</param>
    /// <param name="lastModified">The present date, or null.</param>
    public static bool IsUnchanged(in StringValues ifNoneMatch, in StringValues ifModifiedSince, string tag, string? lastModified)
    {
        if (ifNoneMatch.Count > 0)
        {
            return Matches(ifNoneMatch, tag);
        }

        return ifModifiedSince.Count == 1 && lastModified is not null
            && TryDate(ifModifiedSince[0], out var since) && TryDate(lastModified, out var modified) && modified <= since;
    }

    private static bool Matches(in StringValues lines, string tag)
    {
        var opaque = Opaque(tag);
        foreach (var line in lines)
        {
            // Tags cannot hold commas here: they are hexadecimal, or come from an upstream, whose commas at worst cost a full answer.
            foreach (var part in line.AsSpan().Split(','))
            {
                var candidate = line.AsSpan()[part].Trim(" \t");
                if (candidate is "*" || Opaque(candidate).SequenceEqual(opaque))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Weak comparison, as If-None-Match asks for.
    private static ReadOnlySpan<char> Opaque(ReadOnlySpan<char> tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    private static bool TryDate(string? text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out date);
}
