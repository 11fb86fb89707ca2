using System.Globalization;

namespace Headgate.Upstreams.Kite;

/// <summary>Kite writes and reads India Standard Time.</summary>
internal static class KiteTime
{
    public static readonly TimeSpan Zone = new(5, 30, 0);

    public static string Stamp(DateTimeOffset at) => at.ToOffset(Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Candle time: the offset has no colon.</summary>
    public static string Candle(DateTimeOffset at) => at.ToOffset(Zone).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0530";

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Zone).Date);

    public static bool TryParse(string? text, out DateTimeOffset at)
    {
        string[] formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"];
        var parsed = DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        parsed = parsed && local.Year is >= 1980 and <= 2200; // arithmetic around it stays in range
        at = parsed ? new DateTimeOffset(local, Zone) : default;
        return parsed;
    }
}
