using System.Globalization;
using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Collectors.Canada;

/// <summary>The Bank of Canada's Valet service: groups of series, a value a business day.</summary>
internal static class Valet
{
    // Holidays and series that are late leave out some of the last days.
    private const int Days = 5;

    public static DeskAsk Ask(string group, string client) =>
        new("bankofcanada", $"/valet/observations/group/{Uri.EscapeDataString(group)}/json?recent={Days}") { Client = client };

    public static RateGroup? Latest(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var newest = new SortedDictionary<string, Observation>(StringComparer.Ordinal);
        foreach (var day in document.RootElement.GetProperty("observations").EnumerateArray())
        {
            var date = DateOnly.ParseExact(day.GetProperty("d").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            foreach (var member in day.EnumerateObject())
            {
                if (Value(member.Value) is { } value && !(newest.TryGetValue(member.Name, out var known) && known.Date >= date))
                {
                    newest[member.Name] = new Observation(member.Name, value, date);
                }
            }
        }

        return newest.Count == 0 ? null : new RateGroup([.. newest.Values]);
    }

    private static decimal? Value(JsonElement observation) =>
        observation.ValueKind == JsonValueKind.Object && observation.TryGetProperty("v", out var v) && decimal.TryParse(v.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
