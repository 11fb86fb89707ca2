using System.Text.Json.Nodes;

namespace Headgate.Catalogue;

/// <summary>A map whose keys the author chooses, as the names of limits.</summary>
/// <param name="value">The shape of each value.</param>
/// <param name="keyExpected">What a key may be, completing "expected …".</param>
/// <param name="acceptsKey">Judges a key.</param>
internal sealed class MapShape(Shape value, string keyExpected, Func<string, bool> acceptsKey) : Shape
{
    public override string Expected => "a map";

    public override bool Fits(CatalogueNode node) => node.Kind == NodeKind.Map;

    public override void Check(CatalogueNode node, string path, ErrorList errors)
    {
        base.Check(node, path, errors);
        foreach (var (key, entry) in node.Entries)
        {
            if (!acceptsKey(key))
            {
                errors.Add(entry, $"{path} has a key '{key}'; expected {keyExpected}");
            }

            value.Check(entry, $"{path}.{key}", errors);
        }
    }

    public override JsonObject ToSchema() => new() { ["type"] = "object", ["additionalProperties"] = value.ToSchema() };
}
