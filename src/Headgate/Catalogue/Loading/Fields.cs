using System.Globalization;

namespace Headgate.Catalogue;

/// <summary>Reads the values of one checked map. What is absent or was reported as wrong reads as null.</summary>
/// <remarks>Only keys of the table can be read: a key the schema does not know cannot come into use by accident.</remarks>
internal readonly struct Fields(CatalogueNode node, TableShape table, string path)
{
    public CatalogueNode Node => node;

    /// <summary>For errors: the path of a key.</summary>
    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The node of a key if its value is as the table says.</summary>
    public CatalogueNode? Find(string key)
    {
        var known = table.Keys.FirstOrDefault(candidate => string.Equals(candidate.Name, key, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The key table lacks {key}.");
        return node[key] is { } value && known.Shape.Fits(value) ? value : null;
    }

    /// <summary>Where to point at for a key: its value, else the map.</summary>
    public CatalogueNode At(string key) => node[key] ?? node;

    public string? Text(string key) => Find(key)?.Text;

    public TimeSpan? Duration(string key) => Text(key) is { } text && Quantities.TryDuration(text, out var duration) ? duration : null;

    public long? Integer(string key) =>
        Text(key) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public decimal? Number(string key) => Text(key) is { } text && Quantities.TryNumber(text, out var number) ? number : null;

    public long? Size(string key) => Text(key) is { } text && Quantities.TrySize(text, out var bytes) ? bytes : null;

    public bool Flag(string key) => string.Equals(Text(key), "true", StringComparison.Ordinal);

    /// <summary>A list of texts, or the one text that stands for it; null when the key is absent.</summary>
    public IReadOnlyList<CatalogueNode>? List(string key) => Find(key) is { } value ? (value.Kind == NodeKind.List ? value.Items : [value]) : null;

    public IReadOnlyList<string>? Texts(string key) => List(key)?.Where(item => item.Kind == NodeKind.Scalar).Select(item => item.Text).ToList();

    public IReadOnlyList<KeyValuePair<string, CatalogueNode>> Entries(string key) => Find(key)?.Entries ?? [];

    public Fields? Table(string key, TableShape inner) =>
        Find(key) is { Kind: NodeKind.Map } value ? new Fields(value, inner, PathOf(key)) : null;

    /// <summary>A path of member names; null when absent.</summary>
    public IReadOnlyList<string>? MemberPath(string key) =>
        Text(key) is { } text && Catalogue.MemberPath.TryParse(text, out var parsed) ? parsed : null;
}
