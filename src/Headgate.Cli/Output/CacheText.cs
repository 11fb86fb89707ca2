using System.Text.Json;

namespace Headgate.Cli.Output;

/// <summary>What the cache holds, as text for people.</summary>
internal static class CacheText
{
    public static void List(JsonElement answer, TextWriter output)
    {
        var table = Tables.OrElse("nothing is held", "endpoint", "item", "age", "bytes", "status", "owner");
        foreach (var entry in answer.GetProperty("entries").EnumerateArray())
        {
            Tables.AddRow(
                table, entry.GetProperty("endpoint").GetString(), entry.GetProperty("item").GetString(), Plain.Span(TimeSpan.FromSeconds(entry.GetProperty("ageSeconds").GetDouble())),
                entry.GetProperty("bytes"), entry.GetProperty("status"), entry.TryGetProperty("owner", out var owner) ? owner.GetString() : null);
        }

        var hasSeries = answer.GetProperty("series").GetArrayLength() > 0;
        if (table.Count > 0 || !hasSeries)
        {
            Tables.On(output).Write(table);
        }

        SeriesText.List(answer, output);
        if (answer.GetProperty("more").GetBoolean())
        {
            output.WriteLine("There are more; see --max.");
        }
    }

    public static void Entry(JsonElement entry, TextWriter output)
    {
        foreach (var member in entry.EnumerateObject().Where(member => member.Name is not ("body" or "bodyBase64")))
        {
            output.WriteLine($"{member.Name,-14} {member.Value}");
        }

        if (entry.TryGetProperty("body", out var body) || entry.TryGetProperty("bodyBase64", out body))
        {
            output.WriteLine();
            output.WriteLine(body.GetString());
        }
    }

    public static void Removed(JsonElement answer, TextWriter output) => output.WriteLine(SeriesText.Removed(answer));

    public static void Warmed(JsonElement answer, TextWriter output)
    {
        foreach (var result in answer.GetProperty("results").EnumerateArray())
        {
            output.WriteLine($"{result.GetProperty("result").GetString(),-8} {result.GetProperty("target").GetString()}{(result.TryGetProperty("detail", out var detail) ? $"  ({detail.GetString()})" : "")}");
        }
    }
}
