namespace Headgate.Upstreams;

/// <summary>A request target taken apart: decoded path segments and decoded query pairs in their order.</summary>
public sealed class TwinTarget
{
    private TwinTarget(string path, IReadOnlyList<string> segments, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        Path = path;
        Segments = segments;
        Query = query;
    }

    /// <summary>The raw path, still escaped, without the query.</summary>
    public string Path { get; }

    /// <summary>Decoded segments; empty ones are dropped.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>Decoded pairs; <c>+</c> is a space, as forms encode it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    /// <summary>Takes a raw target apart. Never throws: malformed escapes stay as they are.</summary>
    public static TwinTarget Parse(string rawTarget)
    {
        var mark = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? rawTarget : rawTarget[..mark];
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = Uri.UnescapeDataString(segments[i]);
        }

        return new TwinTarget(path, segments, mark < 0 ? [] : ParseForm(rawTarget[(mark + 1)..]));
    }

    /// <summary>Decodes <c>a=1&amp;b=2</c>, as queries and form bodies write it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ParseForm(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            pairs.Add(new(Decode(name), Decode(value)));
        }

        return pairs;
    }

    /// <summary>The first value of a query parameter, or null.</summary>
    public string? First(string name)
    {
        foreach (var pair in Query)
        {
            if (string.Equals(pair.Key, name, StringComparison.Ordinal))
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>Every value of a repeated query parameter, in order.</summary>
    public IEnumerable<string> All(string name) =>
        Query.Where(pair => string.Equals(pair.Key, name, StringComparison.Ordinal)).Select(pair => pair.Value);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
