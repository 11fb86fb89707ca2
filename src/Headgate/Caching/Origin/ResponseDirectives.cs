using System.Globalization;

namespace Headgate.Caching;

/// <summary>What a response's <c>Cache-Control</c> says (RFC 9111 §5.2.2, RFC 5861), read to the safe side.</summary>
/// <remarks>
/// Of a directive given twice the first holds (RFC 9111 §4.2.1 allows it or staleness). A number that cannot be read counts as 0, so that a mistyped
/// lifetime makes stale and not eternal. Numbers beyond 2³¹−1 are cut to it (§1.2.2).
/// </remarks>
internal sealed class ResponseDirectives
{
    private const long SecondsMax = int.MaxValue;

    private readonly Dictionary<string, string?> _found = new(StringComparer.OrdinalIgnoreCase);

    private ResponseDirectives()
    {
    }

    public bool IsEmpty => _found.Count == 0;

    public bool NoStore => Has("no-store");

    /// <summary>The whole response may be used only after a validation.</summary>
    public bool NoCache => IsUnqualified("no-cache");

    /// <summary>The whole response is for one user.</summary>
    public bool Private => IsUnqualified("private");

    public bool Public => Has("public");

    public bool MustUnderstand => Has("must-understand");

    /// <summary>Never stale: <c>must-revalidate</c>, and for shared caches <c>proxy-revalidate</c> and <c>s-maxage</c> (§5.2.2.10), and <c>no-cache</c>.</summary>
    public bool ForbidsStale => Has("must-revalidate") || Has("proxy-revalidate") || Has("s-maxage") || NoCache;

    /// <summary>Lets a shared cache keep an answer to a request with <c>Authorization</c> (§3.5).</summary>
    public bool AllowsAuthorized => Public || Has("must-revalidate") || Has("s-maxage");

    public TimeSpan? SharedMaxAge => Seconds("s-maxage");

    public TimeSpan? MaxAge => Seconds("max-age");

    public TimeSpan? StaleWhileRevalidate => Seconds("stale-while-revalidate");

    public TimeSpan? StaleIfError => Seconds("stale-if-error");

    /// <summary>Fields named by <c>no-cache="…"</c> and <c>private="…"</c>: not kept.</summary>
    public IEnumerable<string> NamedFields => Fields("no-cache").Concat(Fields("private"));

    public static ResponseDirectives Of(IReadOnlyList<HeaderField> headers, string field = "Cache-Control")
    {
        var directives = new ResponseDirectives();
        foreach (var header in headers)
        {
            if (header.Is(field))
            {
                directives.Read(header.Value);
            }
        }

        return directives;
    }

    private bool Has(string name) => _found.ContainsKey(name);

    private bool IsUnqualified(string name) => _found.TryGetValue(name, out var value) && string.IsNullOrEmpty(value);

    private string[] Fields(string name) =>
        _found.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value) ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    private TimeSpan? Seconds(string name)
    {
        if (!_found.TryGetValue(name, out var text))
        {
            return null;
        }

        if (string.IsNullOrEmpty(text) || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return TimeSpan.Zero;
        }

        return TimeSpan.FromSeconds(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, SecondsMax) : SecondsMax);
    }

    private void Read(string line)
    {
        foreach (var directive in FieldLists.Split(line))
        {
            var equals = directive.IndexOf('=', StringComparison.Ordinal);
            // No space may stand beside the equals sign (RFC 9110 §5.6.6): a name or a number with one is another name, or no number.
            var name = equals < 0 ? directive : directive[..equals];
            var value = equals < 0 ? null : FieldLists.Unquote(directive[(equals + 1)..]);
            _found.TryAdd(name, value);
        }
    }
}
