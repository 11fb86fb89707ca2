using System.Globalization;
using Headgate.Catalogue;
using NodaTime;

namespace Headgate.Simulation;

/// <summary>Reads the bounds of a candle request from its query.</summary>
internal static class CandleRange
{
    /// <summary>Null where a bound is missing or unreadable.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Of(RangeModel range, string target) =>
        Read(range, Parameter(target, range.From)) is { } from && Read(range, Parameter(target, range.To)) is { } to && from <= to ? (from, to) : null;

    private static string? Parameter(string target, string name)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        foreach (var pair in query < 0 ? [] : target[(query + 1)..].Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && string.Equals(pair[..equals], name, StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
            }
        }

        return null;
    }

    private static DateTimeOffset? Read(RangeModel range, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (range.Format is "unix" or "unixMs")
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100_000_000_000_000
                ? range.Format is "unix" ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(number, 253_402_300_799)) : DateTimeOffset.FromUnixTimeMilliseconds(number)
                : null;
        }

        if (range.Format is "iso")
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        }

        // Days alone are commonly accepted beside full times.
        return DateTime.TryParseExact(text, [range.Format, "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? DateTimeZoneProviders.Tzdb[range.Zone].AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeOffset()
            : null;
    }
}
