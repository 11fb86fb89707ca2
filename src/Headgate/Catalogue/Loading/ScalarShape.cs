using System.Text.Json.Nodes;

namespace Headgate.Catalogue;

/// <summary>A single value, judged by its text.</summary>
/// <param name="expected">Completes "expected …".</param>
/// <param name="accepts">Judges the text.</param>
/// <param name="schema">JSON schema of the value as YAML reads it.</param>
/// <param name="allowNull">An empty value is a value too.</param>
internal sealed class ScalarShape(string expected, Func<string, bool> accepts, Func<JsonObject> schema, bool allowNull = false) : Shape
{
    public override string Expected => expected;

    public override bool Fits(CatalogueNode node) => node.Kind == NodeKind.Scalar && (allowNull || !node.IsNull) && accepts(node.Text);

    public override JsonObject ToSchema() => schema();

    /// <summary>Any text that is not empty.</summary>
    public static ScalarShape Text(string expected) => new(expected, text => text.Length > 0, () => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") });

    /// <summary>Text that a parser accepts; the pattern tells editors roughly the same.</summary>
    public static ScalarShape Parsed(string expected, Func<string, bool> accepts, string pattern) =>
        new(expected, accepts, () => new JsonObject { ["type"] = new JsonArray("string", "number"), ["pattern"] = pattern });

    public static ScalarShape Integer(long min, long max) => new(
        $"{min}..{max}",
        text => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= min && number <= max,
        () => new JsonObject { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max });

    public static ScalarShape Duration { get; } =
        Parsed(Quantities.DurationExpected, text => Quantities.TryDuration(text, out _), Quantities.DurationPattern);

    public static ScalarShape Size { get; } = Parsed(Quantities.SizeExpected, text => Quantities.TrySize(text, out _), Quantities.SizePattern);

    public static ScalarShape Flag { get; } = new("true or false", text => text is "true" or "false", () => new JsonObject { ["type"] = "boolean" });

    public static ScalarShape Path { get; } = Parsed(MemberPath.Expected, text => MemberPath.TryParse(text, out _), ".+");

    public static ScalarShape OneOf(params string[] words) => new(
        words.Length == 1 ? words[0] : $"one of {string.Join(", ", words)}",
        text => words.Contains(text, StringComparer.Ordinal),
        () => new JsonObject { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) });
}
