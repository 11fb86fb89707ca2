namespace Headgate.Catalogue;

/// <summary>The definitions of one provider in the order they are laid over each other, each with the profiles it brings.</summary>
internal sealed class Layers
{
    private readonly List<CatalogueNode> _layers = [];

    public void Add(CatalogueNode layer)
    {
        if (string.Equals(layer["replace"]?.Text, "true", StringComparison.Ordinal))
        {
            _layers.Clear();
        }

        _layers.Add(layer);
    }

    /// <summary>Names of all profiles.</summary>
    public IReadOnlyList<string> Profiles =>
        [.. _layers.SelectMany(layer => layer["profiles"]?.Entries ?? []).Select(entry => entry.Key).Distinct(StringComparer.Ordinal)];

    /// <summary>The last layer's own choice, or null.</summary>
    public CatalogueNode? Chosen => _layers.Select(layer => layer["profile"]).LastOrDefault(choice => choice is { IsNull: false });

    /// <summary>The whole definition. A profile lies directly over the layer that brings it: what a user writes himself goes before a shipped profile.</summary>
    public CatalogueNode Merged(string? profile)
    {
        CatalogueNode? merged = null;
        foreach (var layer in _layers)
        {
            merged = merged is null ? layer : NodeMerger.Merge(merged, layer);
            if (profile is not null && layer["profiles"]?[profile] is { Kind: NodeKind.Map } over)
            {
                merged = NodeMerger.Merge(merged, over);
            }
        }

        return merged!;
    }
}
