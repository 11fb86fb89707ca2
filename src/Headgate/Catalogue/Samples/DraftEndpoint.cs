using System.Text;

namespace Headgate.Catalogue;

/// <summary>Samples that seem to be asks of one endpoint.</summary>
internal sealed class DraftEndpoint
{
    private DraftEndpoint(string method, string route, IReadOnlyList<ProviderSample> samples) => (Method, Route, Samples) = (method, route, samples);

    public string Method { get; }

    /// <summary>The path with captures for what seem to be names of things.</summary>
    public string Route { get; }

    public IReadOnlyList<ProviderSample> Samples { get; }

    /// <summary>Good answers: status 2xx.</summary>
    public IEnumerable<ProviderSample> Answered => Samples.Where(sample => sample.HasResponse && sample.Status is >= 200 and < 300);

    /// <summary>The last fixed segment.</summary>
    public string Name
    {
        get
        {
            var segment = Route.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(part => part[0] != '{') ?? "root";
            var name = new StringBuilder();
            foreach (var letter in segment.ToLowerInvariant())
            {
                name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '-');
            }

            return name.ToString().Trim('-') is { Length: > 0 } plain ? plain : "root";
        }
    }

    public static IReadOnlyList<DraftEndpoint> Group(IReadOnlyList<ProviderSample> samples) =>
    [
        .. samples.GroupBy(sample => (sample.Request.Method, Route: RouteOf(sample.Request.Target)))
            .OrderBy(group => group.Key.Route, StringComparer.Ordinal).ThenBy(group => group.Key.Method, StringComparer.Ordinal)
            .Select(group => new DraftEndpoint(group.Key.Method, group.Key.Route, [.. group])),
    ];

    private static string RouteOf(string target)
    {
        var route = new StringBuilder();
        var captures = 0;
        foreach (var segment in Targets.Path(target).ToString().Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            route.Append('/').Append(IsName(segment) ? captures++ == 0 ? "{item}" : $"{{item{captures}}}" : segment);
        }

        return route.Length == 0 ? "/" : route.ToString();
    }

    // Routes are written small; numbers, dates and symbols (AAPL, BTC-USD, 38738, EURUSD%3DX) are not.
    private static bool IsName(string segment) =>
        segment.All(letter => char.IsAsciiDigit(letter) || letter is '-' or '.' or ':') || segment.Any(char.IsAsciiLetterUpper) || segment.Contains('%', StringComparison.Ordinal) || segment.Contains(',', StringComparison.Ordinal);
}
