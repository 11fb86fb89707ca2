using System.Text.Json;
using System.Text.Json.Nodes;

namespace Headgate.Catalogue;

/// <summary>The JSON schema of provider definitions, for editors; made from the tables the loader itself works by.</summary>
public static class CatalogueSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as it is committed under <c>catalogue/schema.json</c>.</summary>
    public static string ToJson()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Headgate provider definition",
        };
        foreach (var (name, value) in CatalogueKeys.Provider.ToSchema())
        {
            schema[name] = value?.DeepClone();
        }

        return schema.ToJsonString(Indented) + "\n";
    }
}
