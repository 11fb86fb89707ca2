using System.Text.Json;

namespace Headgate.Catalogue;

/// <summary>Builds a provider's own error envelope.</summary>
internal static class DialectBinder
{
    public static ErrorDialect? Bind(Fields fields, ErrorList errors)
    {
        if (fields.Text("template") is not { } template)
        {
            return null;
        }

        var contentType = fields.Text("contentType") ?? "application/json";
        if (contentType.Contains("json", StringComparison.OrdinalIgnoreCase) && !IsJson(template))
        {
            errors.Add(fields.At("template"), $"{fields.PathOf("template")} is not JSON once filled in");
        }

        var members = fields.Entries("members").Select(entry => new KeyValuePair<string, string>(entry.Key, JsonText(entry.Value)));
        return new ErrorDialect([.. members], template, contentType);
    }

    // Placeholders are filled with JSON text later: numbers for status and retryAt, escaped characters without quotes for message.
    private static string JsonText(CatalogueNode node)
    {
        if (node.IsNull)
        {
            return "null";
        }

        var isLiteral = !node.Quoted && (node.Text is "true" or "false" || Quantities.TryNumber(node.Text, out _));
        return isLiteral || node.Text is "{status}" or "{retryAt}" ? node.Text : $"\"{JsonEncodedText.Encode(node.Text)}\"";
    }

    private static bool IsJson(string template)
    {
        try
        {
            using var parsed = JsonDocument.Parse(template
                .Replace("{status}", "429", StringComparison.Ordinal)
                .Replace("{retryAt}", "0", StringComparison.Ordinal)
                .Replace("{message}", "text", StringComparison.Ordinal));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
