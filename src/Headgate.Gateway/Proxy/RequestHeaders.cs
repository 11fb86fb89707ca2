using System.Collections.Frozen;
using Headgate.Gateway.Upstream;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary>Picks the end-to-end headers out of a client's request.</summary>
internal static class RequestHeaders
{
    public const string OwnPrefix = "Headgate-";

    // Framing belongs to one connection; Priority and Headgate-* speak to the gate; X-Content-Length is Kestrel's note.
    private static readonly FrozenSet<string> Inside =
        new[] { "Host", "Content-Length", "Expect", "Priority", "X-Content-Length" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // The gate answers these itself from what it stores: an upstream that answered 304 or 206 would leave nothing to store.
    private static readonly FrozenSet<string> Conditional =
        new[] { "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>End-to-end headers without the gate's own; for reads whose conditions and ranges are the gate's alone also without those.</summary>
    public static List<HeaderField> Collect(IHeaderDictionary source, bool isAnsweredHere)
    {
        var connection = source.Connection.Count == 0 ? null : source.Connection.ToString();
        var fields = new List<HeaderField>(source.Count);
        foreach (var (name, values) in source)
        {
            if (IsInside(name, connection) || (isAnsweredHere && Conditional.Contains(name)))
            {
                continue;
            }

            foreach (var value in values)
            {
                fields.Add(new HeaderField(name, value ?? ""));
            }
        }

        return fields;
    }

    private static bool IsInside(string name, string? connection) =>
        Inside.Contains(name) || HopByHop.Contains(name) || name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase) || HopByHop.IsListed(connection, name);
}
