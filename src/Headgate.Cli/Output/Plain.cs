using System.Globalization;
using System.Text.Json;

namespace Headgate.Cli.Output;

/// <summary>Values as people read them.</summary>
internal static class Plain
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Json(JsonElement element) => JsonSerializer.Serialize(element, Indented);

    /// <summary>Whole and one decimal: 850 ms, 12.5 s, 4 min, 3.2 h.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 999.5 } => $"{span.TotalMilliseconds:0} ms",
        { TotalMinutes: < 2 } => $"{span.TotalSeconds:0.#} s",
        { TotalHours: < 2 } => $"{span.TotalMinutes:0.#} min",
        _ => $"{span.TotalHours:0.#} h",
    };

    /// <summary>An instant in UTC, to the millisecond where it has some; null for one that never was.</summary>
    public static string? Moment(JsonElement instant)
    {
        if (instant.ValueKind == JsonValueKind.Null || instant.GetDateTimeOffset() is var at && at == default)
        {
            return null;
        }

        return at.UtcDateTime.ToString(at.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    public static string Share(long part, long whole) => whole == 0 ? "-" : $"{100.0 * part / whole:0.#} %";
}
