using System.Text.Json;
using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>Finds the parameter that names several items, and where the answer has them.</summary>
/// <param name="Parameter">Query parameter.</param>
/// <param name="Style">As definitions write it.</param>
/// <param name="Most">Most items seen in one request.</param>
/// <param name="Items">Path of the items in an answer, or null when no sample shows them.</param>
/// <param name="IsBareAlone">One item alone is answered without what stands around items.</param>
/// <param name="LeavesOut">A sample's answer lacks an asked item.</param>
internal sealed record BatchGuess(string Parameter, string Style, int Most, string? Items, bool IsBareAlone, bool LeavesOut)
{
    private const int DepthMax = 4;

    public static BatchGuess? Of(DraftEndpoint endpoint)
    {
        BatchGuess? best = null;
        foreach (var name in endpoint.Samples.SelectMany(sample => Names(sample.Request.Target)).Distinct(StringComparer.Ordinal))
        {
            if (Of(endpoint, name) is { } guess && (best is null || (best.Items is null && guess.Items is not null)))
            {
                best = guess;
            }
        }

        return best;
    }

    private static BatchGuess? Of(DraftEndpoint endpoint, string name)
    {
        var lists = endpoint.Samples.Select(sample => (Sample: sample, Asked: Asked(sample.Request.Target, name))).Where(pair => pair.Asked.Items.Count > 0).ToList();
        if (lists.Find(pair => pair.Asked.Items.Count > 1) is not { Sample: not null } several)
        {
            return null;
        }

        string? items = null;
        var leavesOut = false;
        foreach (var (sample, asked) in lists.Where(pair => pair.Asked.Items.Count > 1 && pair.Sample is { HasResponse: true, Status: 200 }))
        {
            if (Parse(sample) is { } body && Path(body, "$", asked.Items, 0) is var (path, found) && path is not null)
            {
                items ??= path;
                leavesOut |= found < asked.Items.Count;
            }
        }

        // A comma may stand in any value: without items in an answer it is a list only if other samples name one.
        if (items is null && several.Asked.Style is "comma" && !lists.Exists(pair => pair.Asked.Items.Count == 1))
        {
            return null;
        }

        var isBare = items is "$" || items?.StartsWith("$[].", StringComparison.Ordinal) == true
            ? lists.Exists(pair => pair.Asked.Items.Count == 1 && pair.Sample is { HasResponse: true, Status: 200 } && Parse(pair.Sample) is { } one && Path(one, "$", pair.Asked.Items, 0).Path != items)
            : false;
        return new BatchGuess(name, several.Asked.Style, lists.Max(pair => pair.Asked.Items.Count), items, isBare, leavesOut);
    }

    private static (IReadOnlyList<string> Items, string Style) Asked(string target, string name)
    {
        List<string> values = [];
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            if (parameter.Is(name) && parameter.TryValue(out var value))
            {
                values.Add(value);
            }
        }

        if (values.Count != 1)
        {
            return (values, "repeated");
        }

        if (values[0].StartsWith('['))
        {
            try
            {
                return (JsonSerializer.Deserialize(values[0], JsonLists.Default.ListString) ?? [], "jsonArray");
            }
            catch (JsonException)
            {
                return (values, "comma");
            }
        }

        return (values[0].Split(','), "comma");
    }

    private static HashSet<string> Names(string target)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            if (!SecretNames.IsSuspicious(parameter))
            {
                names.Add(parameter.RawName.ToString());
            }
        }

        return names;
    }

    private static JsonElement? Parse(ProviderSample sample)
    {
        try
        {
            using var document = JsonDocument.Parse(sample.Body);
            return JsonWords.AreTexts(sample.Body.Span) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The nearest map whose members, or array whose elements' field, are at least half of the asked items.</summary>
    private static (string? Path, int Found) Path(JsonElement element, string path, IReadOnlyList<string> asked, int depth)
    {
        var enough = (asked.Count + 1) / 2;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var found = asked.Count(item => element.TryGetProperty(item, out _));
                if (found >= enough)
                {
                    return (path, found);
                }

                foreach (var member in depth < DepthMax ? element.EnumerateObject() : default)
                {
                    if (Path(member.Value, $"{path}.{member.Name}", asked, depth + 1) is { Path: not null } inner)
                    {
                        return inner;
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var field in element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Take(1).SelectMany(first => first.EnumerateObject()))
                {
                    var named = element.EnumerateArray().Count(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field.Name, out var value) && asked.Contains(value.ToString(), StringComparer.Ordinal));
                    if (named >= enough)
                    {
                        return ($"{path}[].{field.Name}", named);
                    }
                }

                break;
        }

        return (null, 0);
    }
}
