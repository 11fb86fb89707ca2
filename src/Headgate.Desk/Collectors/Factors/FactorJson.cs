using System.Text.Json;

namespace Headgate.Desk.Collectors.Factors;

/// <summary>Takes the plain members out of an answer, number text and all.</summary>
internal static class FactorJson
{
    private const int FactsMax = 80;
    private const int TextMax = 200;

    /// <summary>Numbers, texts and flags of an answer and of its objects one level down.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="below">The member they stand in, or null for the root.</param>
    public static Factor? Members(ReadOnlyMemory<byte> body, string? below = null)
    {
        using var document = JsonDocument.Parse(body);
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Take(facts, below is null ? document.RootElement : document.RootElement.GetProperty(below), "", depth: 2);
        return facts.Count == 0 ? null : new Factor(facts);
    }

    /// <summary>How many articles there are, and the newest of those that came.</summary>
    public static Factor? Articles(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["totalResults"] = document.RootElement.GetProperty("totalResults").GetRawText() };
        var newest = document.RootElement.GetProperty("articles").EnumerateArray().OrderByDescending(static article => article.GetProperty("publishedAt").GetDateTimeOffset()).Take(1);
        foreach (var article in newest)
        {
            facts["newest.title"] = Short(article.GetProperty("title").GetString() ?? "");
            facts["newest.publishedAt"] = article.GetProperty("publishedAt").GetString()!;
        }

        return new Factor(facts);
    }

    private static void Take(SortedDictionary<string, string> facts, JsonElement parent, string prefix, int depth)
    {
        foreach (var member in parent.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object && depth > 1)
            {
                Take(facts, member.Value, $"{prefix}{member.Name}.", depth - 1);
            }
            else if (facts.Count < FactsMax && Text(member.Value) is { } text)
            {
                facts[prefix + member.Name] = text;
            }
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.String => Short(value.GetString()!),
        _ => null,
    };

    private static string Short(string text) => text.Length > TextMax ? text[..TextMax] : text;
}
