using System.Text.Json;

namespace Headgate.Upstreams.Tests;

/// <summary>Compares two JSON documents by member names and types, not by values.</summary>
internal static class Shape
{
    /// <summary>Fails where an object of the answer has other members than the fixture's, or a value another type.</summary>
    public static void ShouldHaveTheShapeOf(this JsonElement actual, JsonElement fixture, string path = "$", params string[] maps)
    {
        Kind(actual).ShouldBe(Kind(fixture), path);
        if (fixture.ValueKind == JsonValueKind.Object)
        {
            if (maps.Contains(path, StringComparer.Ordinal))
            {
                actual.EnumerateObject().First().Value.ShouldHaveTheShapeOf(fixture.EnumerateObject().First().Value, path + ".*", maps);
                return;
            }

            actual.EnumerateObject().Select(m => m.Name).ShouldBe(fixture.EnumerateObject().Select(m => m.Name), path);
            foreach (var member in fixture.EnumerateObject())
            {
                actual.GetProperty(member.Name).ShouldHaveTheShapeOf(member.Value, $"{path}.{member.Name}", maps);
            }
        }
        else if (fixture.ValueKind == JsonValueKind.Array && fixture.GetArrayLength() > 0)
        {
            actual.GetArrayLength().ShouldBeGreaterThan(0, path);
            var isTuple = fixture.EnumerateArray().Select(Kind).Distinct(StringComparer.Ordinal).Count() > 1;
            var index = 0;
            foreach (var element in actual.EnumerateArray())
            {
                element.ShouldHaveTheShapeOf(fixture[isTuple ? index++ : 0], path + "[]", maps);
            }
        }
    }

    private static string Kind(JsonElement element) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "boolean" : element.ValueKind.ToString();
}
