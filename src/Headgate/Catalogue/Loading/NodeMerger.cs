namespace Headgate.Catalogue;

/// <summary>Lays a user's definition over a shipped one.</summary>
/// <remarks>
/// Maps merge key by key and an empty value removes a key. The list of endpoints merges by <c>name</c>, new ones are added. A user's
/// error rules come before the shipped ones, because the first match decides. Every other list, and every scalar, is replaced.
/// </remarks>
internal static class NodeMerger
{
    public static CatalogueNode Merge(CatalogueNode under, CatalogueNode over)
    {
        if (under.Kind != NodeKind.Map || over.Kind != NodeKind.Map)
        {
            return over;
        }

        var entries = new List<KeyValuePair<string, CatalogueNode>>();
        foreach (var (key, value) in under.Entries)
        {
            var mine = over[key];
            if (mine is null)
            {
                entries.Add(new(key, value));
            }
            else if (!mine.IsNull)
            {
                entries.Add(new(key, MergeValue(key, value, mine)));
            }
        }

        foreach (var (key, value) in over.Entries)
        {
            if (under[key] is null && !value.IsNull)
            {
                entries.Add(new(key, value));
            }
        }

        return over.WithEntries(entries);
    }

    private static CatalogueNode MergeValue(string key, CatalogueNode under, CatalogueNode over) => key switch
    {
        "endpoints" when under.Kind == NodeKind.List && over.Kind == NodeKind.List => MergeByName(under, over),
        "errors" when under.Kind == NodeKind.List && over.Kind == NodeKind.List => over.WithItems([.. over.Items, .. under.Items]),
        _ => Merge(under, over),
    };

    private static CatalogueNode MergeByName(CatalogueNode under, CatalogueNode over)
    {
        var items = under.Items.ToList();
        foreach (var item in over.Items)
        {
            var name = item["name"]?.Text;
            var index = name is null ? -1 : items.FindIndex(other => string.Equals(other["name"]?.Text, name, StringComparison.Ordinal));
            if (index < 0)
            {
                items.Add(item);
            }
            else
            {
                items[index] = Merge(items[index], item);
            }
        }

        return over.WithItems(items);
    }
}
