using System.Text.Json.Nodes;

namespace Headgate.Catalogue;

/// <summary>A map that is judged elsewhere: a part of a definition makes sense only once it is laid over the whole.</summary>
internal sealed class AnyMapShape : Shape
{
    public override string Expected => "a map with keys of a definition";

    public override bool Fits(CatalogueNode node) => node.Kind == NodeKind.Map;

    public override JsonObject ToSchema() => new() { ["type"] = "object" };
}
