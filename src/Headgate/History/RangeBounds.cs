using System.Collections.Concurrent;
using System.Globalization;
using Headgate.Catalogue;
using NodaTime;
using NodaTime.Text;

namespace Headgate.History;

/// <summary>Reads and writes the bounds of a candle request as its definition says. Thread-safe.</summary>
internal static class RangeBounds
{
    private const string DateOnly = "uuuu-MM-dd";

    private static readonly ConcurrentDictionary<string, LocalDateTimePattern> Patterns = new(StringComparer.Ordinal);
    private static readonly LocalDatePattern Dates = LocalDatePattern.CreateWithInvariantCulture(DateOnly);

    /// <summary>Unix seconds; null for what is not written as the definition says.</summary>
    public static long? Read(string text, RangeModel range, bool isDay)
    {
        switch (range.Format)
        {
            case "unix":
                return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= long.MaxValue / 4 ? seconds : null;
            case "iso":
                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.UtcTicks % TimeSpan.TicksPerSecond == 0
                    ? at.ToUnixTimeSeconds()
                    : null;
            default:
                var parsed = PatternOf(range).Parse(text);
                if (parsed.Success)
                {
                    return Seconds(parsed.Value, range);
                }

                // Daily bars are stamped with their date, so a bare date can only mean one thing; within a day it might mean two.
                return isDay && Dates.Parse(text) is { Success: true } date ? Seconds(date.Value.AtMidnight(), range) : null;
        }
    }

    public static string Write(long seconds, RangeModel range)
    {
        var at = Instant.FromUnixTimeSeconds(seconds);
        return range.Format switch
        {
            "unix" => seconds.ToString(CultureInfo.InvariantCulture),
            "iso" => at.ToDateTimeUtc().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            _ => PatternOf(range).Format(at.InZone(Zone(range)).LocalDateTime),
        };
    }

    /// <summary>The zone the upstream writes dates in.</summary>
    public static DateTimeZone Zone(RangeModel range) => DateTimeZoneProviders.Tzdb[range.Zone];

    private static LocalDateTimePattern PatternOf(RangeModel range) =>
        Patterns.GetOrAdd(range.Format, static format => LocalDateTimePattern.CreateWithInvariantCulture(format));

    private static long Seconds(LocalDateTime local, RangeModel range) => Zone(range).AtLeniently(local).ToInstant().ToUnixTimeSeconds();
}
