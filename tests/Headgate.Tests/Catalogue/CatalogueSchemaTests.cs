using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class CatalogueSchemaTests
{
    private static string SchemaPath => Path.Combine(Root(), "catalogue", "schema.json");

    [Fact]
    public void The_committed_schema_is_what_the_key_tables_make()
    {
        var made = CatalogueSchema.ToJson();
        if (Environment.GetEnvironmentVariable("HEADGATE_WRITE_SCHEMA") is not null)
        {
            File.WriteAllText(SchemaPath, made);
        }

        File.ReadAllText(SchemaPath).ShouldBe(made, "run the tests with HEADGATE_WRITE_SCHEMA=1 and commit catalogue/schema.json");
    }

    [Fact]
    public void Every_shipped_definition_is_valid_by_the_committed_schema()
    {
        var schema = JsonNode.Parse(File.ReadAllText(SchemaPath))!;
        foreach (var file in CatalogueLoader.Shipped)
        {
            var errors = new ErrorList();
            foreach (var document in new YamlFileReader(errors).Read(file))
            {
                Violations(ToJson(document), schema, "").ShouldBeEmpty(file.Name);
            }

            errors.Count.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("provider: x\nbaseUrl: http://x\nlimit: {}")]
    [InlineData("provider: x")]
    [InlineData("provider: x\nbaseUrl: http://x\nmode: off")]
    [InlineData("provider: x\nbaseUrl: http://x\nendpoints: [{ name: a, match: GET /a, batch: { parameter: i, style: comma, max: 0, items: $.d } }]")]
    public void What_the_loader_refuses_by_structure_the_schema_refuses_too(string yaml)
    {
        var schema = JsonNode.Parse(File.ReadAllText(SchemaPath))!;
        var document = new YamlFileReader(new ErrorList()).Read(new CatalogueFile("x.yaml", yaml)).Single();
        Violations(ToJson(document), schema, "").ShouldNotBeEmpty();
        Should.Throw<CatalogueException>(() => CatalogueLoader.Load([new CatalogueFile("x.yaml", yaml)]));
    }

    private static JsonNode? ToJson(CatalogueNode node) => node.Kind switch
    {
        NodeKind.Map => new JsonObject(node.Entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        NodeKind.List => new JsonArray([.. node.Items.Select(ToJson)]),
        _ when node.Quoted => JsonValue.Create(node.Text),
        _ when node.IsNull => null,
        _ when node.Text is "true" or "false" => JsonValue.Create(node.Text is "true"),
        _ when decimal.TryParse(node.Text, System.Globalization.CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(node.Text),
    };

    // The part of JSON Schema that the generated schema uses.
    private static IEnumerable<string> Violations(JsonNode? value, JsonNode schema, string path)
    {
        if (schema["anyOf"] is JsonArray alternatives)
        {
            return alternatives.Any(alternative => !Violations(value, alternative!, path).Any()) ? [] : [$"{path}: no alternative fits"];
        }

        var found = new List<string>();
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            found.Add($"{path}: not one of {words.ToJsonString()}");
        }

        if (schema["type"] is { } type && !Types(type).Any(name => IsType(value, name)))
        {
            found.Add($"{path}: not {type.ToJsonString()}");
        }

        if (schema["pattern"] is { } pattern && value?.GetValueKind() == JsonValueKind.String && !Regex.IsMatch(value.GetValue<string>(), pattern.GetValue<string>()))
        {
            found.Add($"{path}: not {pattern}");
        }

        if (value is JsonValue number && number.TryGetValue<decimal>(out var amount)
            && (amount < (schema["minimum"]?.GetValue<long>() ?? long.MinValue) || amount > (schema["maximum"]?.GetValue<long>() ?? long.MaxValue)))
        {
            found.Add($"{path}: out of range");
        }

        if (value is JsonArray items && schema["items"] is { } itemSchema)
        {
            found.AddRange(items.SelectMany((item, index) => Violations(item, itemSchema, $"{path}[{index}]")));
        }

        if (value is JsonObject map)
        {
            found.AddRange(MapViolations(map, schema, path));
        }

        return found;
    }

    private static IEnumerable<string> MapViolations(JsonObject map, JsonNode schema, string path)
    {
        foreach (var (key, member) in map)
        {
            if (schema["properties"]?[key] is { } known)
            {
                foreach (var violation in Violations(member, known, $"{path}.{key}"))
                {
                    yield return violation;
                }
            }
            else if (schema["additionalProperties"] is JsonObject additional)
            {
                foreach (var violation in Violations(member, additional, $"{path}.{key}"))
                {
                    yield return violation;
                }
            }
            else if (schema["additionalProperties"] is JsonValue)
            {
                yield return $"{path}.{key}: unknown";
            }
        }

        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            if (!map.ContainsKey(required!.GetValue<string>()))
            {
                yield return $"{path}.{required}: missing";
            }
        }
    }

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(name => name!.GetValue<string>()) : [type.GetValue<string>()];

    private static bool IsType(JsonNode? value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && decimal.IsInteger(value.GetValue<decimal>()),
        _ => value?.GetValueKind() == JsonValueKind.Number,
    };

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Headgate.slnx")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
