using System.Text.Json.Nodes;

namespace Headgate.Catalogue;

/// <summary>One of several shapes, as a short and a long way to say something. The first that fits a node judges it.</summary>
internal sealed class EitherShape(params Shape[] shapes) : Shape
{
    public override string Expected => string.Join(", or ", shapes.Select(shape => shape.Expected));

    public override bool Fits(CatalogueNode node) => shapes.Any(shape => shape.Fits(node));

    public override void Check(CatalogueNode node, string path, ErrorList errors)
    {
        var shape = shapes.FirstOrDefault(shape => shape.Fits(node));
        if (shape is null)
        {
            errors.Unexpected(node, path, Expected);
        }
        else
        {
            shape.Check(node, path, errors);
        }
    }

    public override JsonObject ToSchema() => new() { ["anyOf"] = new JsonArray([.. shapes.Select(shape => (JsonNode)shape.ToSchema())]) };
}
