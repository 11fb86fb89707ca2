namespace Headgate.Catalogue;

/// <summary>Parses <c>GET /quotes/{ids}?function=OVERVIEW|EARNINGS</c>.</summary>
internal static class RouteParser
{
    public const string Expected = "METHOD /path with {captures}, ending in /** for the rest, and ?name=value or ?!name conditions";
    private static readonly string[] Known = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Null when the text is no route.</summary>
    public static RouteTemplate? Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || space + 1 >= text.Length || text[space + 1] != '/' || text.IndexOf(' ', space + 1) >= 0)
        {
            return null;
        }

        var methods = string.Equals(text[..space], "ANY", StringComparison.Ordinal) ? [] : text[..space].Split('|', ',');
        var target = text[(space + 1)..];
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var segments = path.Length == 1 ? [] : path[1..].TrimEnd('/').Split('/');
        var query = question < 0 ? [] : Conditions(target[(question + 1)..]);
        if (query is null || !methods.All(Known.Contains) || !AreSegments(segments))
        {
            return null;
        }

        return new RouteTemplate { Text = text, Methods = methods, Segments = segments, Query = query };
    }

    public static bool IsCapture(string segment) => segment.Length > 2 && segment[0] == '{' && segment[^1] == '}';

    public static string CaptureName(string segment) => segment[1..^1];

    private static List<KeyValuePair<string, IReadOnlyList<string>>>? Conditions(string text)
    {
        var conditions = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach (var part in text.Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            IReadOnlyList<string> values = equals < 0 ? [] : part[(equals + 1)..].Split('|');
            if (name.Length == 0 || name is "!" || (name[0] == '!' && equals >= 0) || values.Any(value => value.Length == 0))
            {
                return null;
            }

            conditions.Add(new(name, values));
        }

        return conditions;
    }

    private static bool AreSegments(string[] segments)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            var isCapture = IsCapture(segment);
            var isRest = string.Equals(segment, "**", StringComparison.Ordinal);
            if (segment.Length == 0
                || (isRest && i != segments.Length - 1)
                || (isCapture && !names.Add(CaptureName(segment)))
                || (!isCapture && !isRest && segment.AsSpan().IndexOfAny("{}*?#%") >= 0))
            {
                return false;
            }
        }

        return true;
    }
}
