using System.Text.Json.Nodes;

namespace Headgate.Catalogue;

/// <summary>One key that a table knows.</summary>
/// <param name="Name">As written.</param>
/// <param name="Shape">What its value may be.</param>
/// <param name="About">Told by editors; one phrase.</param>
/// <param name="Required">Must be there.</param>
internal sealed record TableKey(string Name, Shape Shape, string About, bool Required = false);

/// <summary>A map with known keys; any other key is an error.</summary>
internal sealed class TableShape(string expected, params TableKey[] keys) : Shape
{
    public IReadOnlyList<TableKey> Keys => keys;

    public override string Expected => expected;

    public override bool Fits(CatalogueNode node) => node.Kind == NodeKind.Map;

    public override void Check(CatalogueNode node, string path, ErrorList errors)
    {
        base.Check(node, path, errors);
        if (node.Kind != NodeKind.Map)
        {
            return;
        }

        var prefix = path.Length == 0 ? "" : $"{path}.";
        foreach (var (name, value) in node.Entries)
        {
            if (keys.FirstOrDefault(key => string.Equals(key.Name, name, StringComparison.Ordinal)) is { } key)
            {
                key.Shape.Check(value, prefix + name, errors);
            }
            else
            {
                errors.Add(value, $"{prefix}{name} is unknown; {Instead(name)}");
            }
        }

        foreach (var key in keys.Where(key => key.Required && node[key.Name] is null))
        {
            errors.Add(node, $"{prefix}{key.Name} is missing; expected {key.Shape.Expected}");
        }
    }

    public override JsonObject ToSchema()
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            var schema = key.Shape.ToSchema();
            schema["description"] = key.About;
            properties[key.Name] = schema;
        }

        var table = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (keys.Any(key => key.Required))
        {
            table["required"] = new JsonArray([.. keys.Where(key => key.Required).Select(key => (JsonNode)key.Name)]);
        }

        return table;
    }

    private string Instead(string name) =>
        Suggestion.For(name, keys.Select(key => key.Name)) is { } near
            ? $"did you mean {near}?"
            : $"expected one of {string.Join(", ", keys.Select(key => key.Name))}";
}
