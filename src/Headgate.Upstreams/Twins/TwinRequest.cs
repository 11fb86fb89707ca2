namespace Headgate.Upstreams;

/// <summary>A request as it arrived at the door of an emulated upstream.</summary>
/// <param name="Method">Upper-case HTTP method.</param>
/// <param name="RawTarget">The request target byte for byte as it stood on the request line (path, query, escapes untouched).</param>
/// <param name="Headers">Header lines; several values of one name keep their order.</param>
/// <param name="Body">The whole body; empty when there was none.</param>
/// <param name="Remote">The caller's address, what per-IP limits are kept by.</param>
public sealed record TwinRequest(
    string Method,
    string RawTarget,
    IReadOnlyList<TwinHeader> Headers,
    ReadOnlyMemory<byte> Body = default,
    string Remote = "127.0.0.1")
{
    /// <summary>A body-less GET.</summary>
    public static TwinRequest Get(string rawTarget, params TwinHeader[] headers) => new("GET", rawTarget, headers);

    /// <summary>The first value of a header, compared without case; null when absent.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}
