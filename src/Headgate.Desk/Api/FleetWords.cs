using System.Text.Json;

namespace Headgate.Desk.Api;

/// <summary>Names and spans of a fleet as its API writes them.</summary>
internal static class FleetWords
{
    public static string Of<T>(T name)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(name.ToString());

    public static decimal? Seconds(TimeSpan? span) => span is { } known ? decimal.Round(known.Ticks / (decimal)TimeSpan.TicksPerSecond, 3) : null;

    public static decimal? Milliseconds(TimeSpan? span) => span is { } known ? decimal.Round(known.Ticks / (decimal)TimeSpan.TicksPerMillisecond, 1) : null;
}
