namespace Headgate.Catalogue;

/// <summary>Which requests an endpoint takes: methods, a path with captures, and query conditions.</summary>
/// <remarks>
/// Text form: <c>GET /instruments/historical/{token}/{interval}</c>, <c>ANY /orders/**</c>, <c>GET /query?function=OVERVIEW</c>.
/// A capture takes one non-empty segment; <c>**</c> takes the rest, which may be empty. Paths are compared after decoding, ordinally;
/// a trailing slash is not significant for matching and is kept as sent.
/// </remarks>
public sealed class RouteTemplate
{
    /// <summary>The text it was parsed from.</summary>
    public required string Text { get; init; }

    /// <summary>Upper-case methods; empty for any.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Literal segments as they are, captures as <c>{name}</c>, the rest as <c>**</c>.</summary>
    public required IReadOnlyList<string> Segments { get; init; }

    /// <summary>Query parameters that must be present with one of these values (ordinal, ignoring case); no value means presence, a name that begins with <c>!</c> absence.</summary>
    public required IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Query { get; init; }
}
