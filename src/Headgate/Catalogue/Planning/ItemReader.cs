using System.Runtime.InteropServices;
using System.Text.Json;

namespace Headgate.Catalogue;

/// <summary>Reads the items a request asks for: decoded, in request order, duplicates once.</summary>
internal static class ItemReader
{
    /// <summary>
    /// Null when the request names no items, or names them in a way that cannot be taken apart and put together again with certainty
    /// (malformed coding, an empty name, a list given twice): such a request is passed on as it stands.
    /// </summary>
    /// <param name="batch">How items are named.</param>
    /// <param name="target">The raw target.</param>
    /// <param name="match">Its route.</param>
    /// <param name="alone">Does the query hold the items and nothing else?</param>
    public static IReadOnlyList<string>? Read(BatchModel batch, string target, in RouteMatch match, out bool alone)
    {
        alone = false;
        if (batch.SingleParameter is { } single && !string.Equals(single, batch.Parameter, StringComparison.Ordinal) && Alone(batch, single, target, out var one))
        {
            return one is null ? null : Distinct(batch, one);
        }

        var names = batch.Style switch
        {
            BatchStyle.Repeated => Repeated(batch, target, out alone),
            BatchStyle.PathSegment => match.TryCapture(target, batch.Parameter, out var raw) ? Comma(raw, plusIsSpace: false) : null,
            _ => Single(batch, target, out alone),
        };
        if (names is null)
        {
            return null;
        }

        var named = names.Count;
        var distinct = Distinct(batch, names);
        // Where one parameter serves one and many, an item named twice may be answered in either form.
        return distinct is [_] && named > 1 && batch.SingleParameter is not null ? null : distinct;
    }

    /// <summary>True when the request has the parameter for one item alone; without an item when it cannot be read, or a list stands beside it.</summary>
    private static bool Alone(BatchModel batch, string single, string target, out List<string>? names)
    {
        names = null;
        var found = false;
        var isClear = true;
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            isClear &= !parameter.Is(batch.Parameter);
            if (parameter.Is(single))
            {
                isClear &= !found && parameter.TryValue(out var name) && (names = [name]).Count == 1;
                found = true;
            }
        }

        names = isClear ? names : null;
        return found;
    }

    private static List<string>? Repeated(BatchModel batch, string target, out bool alone)
    {
        var query = Targets.Query(target);
        // The request that is planned most often names hundreds of items, none of them escaped: a third of the time of asking each parameter for its parts.
        if (query.IndexOfAny('%', '+') < 0)
        {
            return Plain(batch.Parameter, query, out alone);
        }

        alone = Targets.HasOnly(target, batch.Parameter);
        var names = new List<string>();
        foreach (var parameter in new QueryParameters(query))
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

    private static List<string> Plain(string name, ReadOnlySpan<char> rest, out bool alone)
    {
        alone = true;
        var names = new List<string>(rest.Count('&') + 1);
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('&');
            var piece = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (piece.StartsWith(name, StringComparison.Ordinal) && (piece.Length == name.Length || piece[name.Length] == '='))
            {
                names.Add(piece.Length == name.Length ? "" : piece[(name.Length + 1)..].ToString());
            }
            else
            {
                alone &= piece.IsEmpty;
            }
        }

        return names;
    }

    private static List<string>? Single(BatchModel batch, string target, out bool alone)
    {
        alone = Targets.HasOnly(target, batch.Parameter);
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
        for (var i = 0; i < names.Count; i++)
        {
            var item = batch.UpperCase ? names[i].ToUpperInvariant() : names[i];
            if (item.Length == 0)
            {
                return null;
            }

            names[i] = batch.Aliases.Count > 0 && batch.Aliases.TryGetValue(item, out var known) ? known : item;
        }

        if (names.Count == 1)
        {
            return names;
        }

        var seen = new NameSet(names, stackalloc short[NameSet.Places]);
        var kept = 0;
        foreach (var name in CollectionsMarshal.AsSpan(names))
        {
            if (seen.Add(name, kept))
            {
                names[kept++] = name;
            }
        }

        names.RemoveRange(kept, names.Count - kept);
        return kept == 0 ? null : names;
    }
}
