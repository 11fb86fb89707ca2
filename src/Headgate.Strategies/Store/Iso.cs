using System.Globalization;

namespace Headgate.Strategies.Store;

/// <summary>Dates as the store keeps them: YYYY-MM-DD text, whose order is the calendar's.</summary>
internal static class Iso
{
    public const string Format = "yyyy-MM-dd";

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    public static DateOnly? DateOrNull(string? text) => string.IsNullOrEmpty(text) ? null : Date(text);

    public static string Text(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    public static string? Text(DateOnly? date) => date is { } value ? Text(value) : null;

    /// <summary>A UTC instant with milliseconds, ISO 8601.</summary>
    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
