using System.Text.Json.Nodes;

namespace Headgate.Catalogue;

/// <summary>A list of values of one shape.</summary>
/// <param name="item">The shape of each.</param>
/// <param name="orSingle">One value may stand without the list's brackets.</param>
internal sealed class ListShape(Shape item, bool orSingle = false) : Shape
{
    public override string Expected => orSingle ? $"{item.Expected}, or a list of such" : $"a list; each {item.Expected}";

    public override bool Fits(CatalogueNode node) => node.Kind == NodeKind.List || (orSingle && item.Fits(node));

    public override void Check(CatalogueNode node, string path, ErrorList errors)
    {
        if (node.Kind == NodeKind.List)
        {
            for (var i = 0; i < node.Items.Count; i++)
            {
                // Named elements are called by their name: it survives edits, an index does not.
                var name = node.Items[i]["name"]?.Text;
                item.Check(node.Items[i], string.IsNullOrEmpty(name) ? $"{path}[{i}]" : $"{path}.{name}", errors);
            }
        }
        else if (orSingle)
        {
            item.Check(node, path, errors);
        }
        else
        {
            errors.Unexpected(node, path, Expected);
        }
    }

    public override JsonObject ToSchema()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.ToSchema() };
        return orSingle ? new JsonObject { ["anyOf"] = new JsonArray(item.ToSchema(), list) } : list;
    }
}
