namespace Headgate.Catalogue;

internal enum NodeKind
{
    Scalar,
    List,
    Map,
}

/// <summary>A YAML node that knows where it was written, so that definitions merged from several files still name file and line.</summary>
internal sealed class CatalogueNode
{
    public required string File { get; init; }

    public required int Line { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>Text of a scalar; empty for the others.</summary>
    public string Text { get; init; } = "";

    /// <summary>A quoted scalar is text whatever it looks like.</summary>
    public bool Quoted { get; init; }

    public IReadOnlyList<CatalogueNode> Items { get; init; } = [];

    /// <summary>In the order written; keys are unique.</summary>
    public IReadOnlyList<KeyValuePair<string, CatalogueNode>> Entries { get; init; } = [];

    public bool IsNull => Kind == NodeKind.Scalar && !Quoted && Text is "" or "~" or "null";

    public CatalogueNode? this[string key]
    {
        get
        {
            foreach (var (name, value) in Entries)
            {
                if (string.Equals(name, key, StringComparison.Ordinal))
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>How errors show the value: short, on one line.</summary>
    public string Shown => Kind switch
    {
        NodeKind.Map => "a map",
        NodeKind.List => "a list",
        _ when IsNull => "empty",
        _ => Text.Length <= 60 ? Text.ReplaceLineEndings(" ") : string.Concat(Text.AsSpan(0, 60).ToString().ReplaceLineEndings(" "), "…"),
    };

    public CatalogueNode WithEntries(IReadOnlyList<KeyValuePair<string, CatalogueNode>> entries) =>
        new() { File = File, Line = Line, Kind = NodeKind.Map, Entries = entries };

    public CatalogueNode WithItems(IReadOnlyList<CatalogueNode> items) =>
        new() { File = File, Line = Line, Kind = NodeKind.List, Items = items };
}
