using System.Text.Json;

namespace Headgate.Cli.Output;

/// <summary>Candle series the cache holds, as text for people.</summary>
internal static class SeriesText
{
    /// <summary>A table of its own below the entries'; nothing where there are none.</summary>
    public static void List(JsonElement answer, TextWriter output)
    {
        var table = Tables.New("candles of", "series", "from", "to", "gaps", "rows", "bytes", "newest call", "owner");
        foreach (var series in answer.GetProperty("series").EnumerateArray())
        {
            Tables.AddRow(
                table, series.GetProperty("endpoint").GetString(), series.GetProperty("item").GetString(), Day(series, "from"), Day(series, "to"), series.GetProperty("gaps"),
                series.GetProperty("rows"), series.GetProperty("bytes"), series.GetProperty("sentAt").GetString()![..19], series.TryGetProperty("owner", out var owner) ? owner.GetString() : null);
        }

        if (table.Count > 0)
        {
            Tables.On(output).Write(table);
        }
    }

    /// <summary>How much was removed.</summary>
    public static string Removed(JsonElement answer) =>
        answer.GetProperty("series").GetInt64() is > 0 and var series ? $"{answer.GetProperty("removed")} entries and {series} candle series removed" : $"{answer.GetProperty("removed")} entries removed";

    private static string? Day(JsonElement series, string name) => series.TryGetProperty(name, out var at) ? at.GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm") : null;
}
