using System.Text.Json;
using Headgate.Catalogue;

namespace Headgate.Simulation;

/// <summary>Writes the requests a client makes for some items of a batched endpoint.</summary>
internal static class BatchTargets
{
    /// <summary>Can requests be written from items alone?</summary>
    public static bool Knows(EndpointModel endpoint) =>
        endpoint.Batch is { } batch && endpoint.Route.Segments.All(segment => !segment.Contains("**", StringComparison.Ordinal) && (!IsCapture(segment) || IsItems(batch, segment)));

    /// <summary>One request, or as many as the batch size needs.</summary>
    public static IReadOnlyList<string> Of(EndpointModel endpoint, IReadOnlyList<string> items) => [.. items.Chunk(endpoint.Batch!.Max).Select(chunk => One(endpoint, chunk))];

    private static string One(EndpointModel endpoint, string[] items)
    {
        var batch = endpoint.Batch!;
        var path = "/" + string.Join('/', endpoint.Route.Segments.Select(segment => IsCapture(segment) ? string.Join(',', items.Select(Uri.EscapeDataString)) : segment));
        IEnumerable<string> query = endpoint.Route.Query.Where(condition => condition.Value.Count > 0).Select(condition => $"{condition.Key}={Uri.EscapeDataString(condition.Value[0])}");
        query = batch.Style switch
        {
            BatchStyle.Repeated => query.Concat(items.Select(item => $"{batch.Parameter}={Uri.EscapeDataString(item)}")),
            BatchStyle.Comma => query.Append($"{batch.Parameter}={string.Join(',', items.Select(Uri.EscapeDataString))}"),
            BatchStyle.JsonArray => query.Append($"{batch.Parameter}={Uri.EscapeDataString(JsonSerializer.Serialize(items))}"),
            _ => query,
        };
        var text = string.Join('&', query);
        return text.Length == 0 ? path : $"{path}?{text}";
    }

    private static bool IsItems(BatchModel batch, string segment) =>
        batch.Style == BatchStyle.PathSegment && string.Equals(RouteParser.CaptureName(segment), batch.Parameter, StringComparison.Ordinal);

    private static bool IsCapture(string segment) => RouteParser.IsCapture(segment);
}
