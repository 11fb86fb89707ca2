using System.Text.Json;

namespace Headgate.Catalogue;

/// <summary>Reads the items a request asks for: decoded, in request order, duplicates once.</summary>
internal static class ItemReader
{
    /// <summary>
    /// Null when the request names no items, or names them in a way that cannot be taken apart and put together again with certainty
    /// (malformed coding, an empty name, a list given twice): such a request is passed on as it stands.
    /// </summary>
    public static IReadOnlyList<string>? Read(BatchModel batch, string target, in RouteMatch match)
    {
        if (batch.SingleParameter is { } single && Targets.Parameter(target, single) is not null)
        {
            // Asked alone the answer has another form (the bare item).
            return null;
        }

        var names = batch.Style switch
        {
            BatchStyle.Repeated => Repeated(batch, target),
            BatchStyle.PathSegment => match.TryCapture(target, batch.Parameter, out var raw) ? Comma(raw, plusIsSpace: false) : null,
            _ => Single(batch, target),
        };
        return names is null ? null : Distinct(batch, names);
    }

    private static List<string>? Repeated(BatchModel batch, string target)
    {
        var names = new List<string>();
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            if (parameter.Is(batch.Parameter))
            {
                if (!parameter.TryValue(out var name))
                {
                    return null;
                }

                names.Add(name);
            }
        }

        return names;
    }

    private static List<string>? Single(BatchModel batch, string target)
    {
        List<string>? names = null;
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            if (!parameter.Is(batch.Parameter))
            {
                continue;
            }

            var found = batch.Style == BatchStyle.Comma ? Comma(parameter.RawValue, plusIsSpace: true) : JsonArray(parameter);
            if (names is not null || found is null)
            {
                return null;
            }

            names = found;
        }

        return names;
    }

    // Decoded first: SDKs write the comma both ways, so no item can hold one.
    private static List<string>? Comma(ReadOnlySpan<char> raw, bool plusIsSpace) =>
        Percent.TryDecode(raw, plusIsSpace, out var text) ? [.. text.Split(',')] : null;

    private static List<string>? JsonArray(in QueryParameter parameter)
    {
        if (!parameter.TryValue(out var text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, JsonLists.Default.ListString) is { } names && names.TrueForAll(name => name is not null) ? names : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string>? Distinct(BatchModel batch, List<string> names)
    {
        var seen = new HashSet<string>(names.Count, StringComparer.Ordinal);
        var distinct = new List<string>(names.Count);
        foreach (var name in names)
        {
            var item = batch.UpperCase ? name.ToUpperInvariant() : name;
            if (item.Length == 0)
            {
                return null;
            }

            if (seen.Add(item))
            {
                distinct.Add(item);
            }
        }

        return distinct.Count == 0 ? null : distinct;
    }
}
