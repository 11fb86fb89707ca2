using System.Globalization;

namespace Headgate.Catalogue;

/// <summary>Durations, sizes and rates as definitions write them.</summary>
internal static class Quantities
{
    public const string DurationExpected = "a duration such as 500ms, 1s, 10m, 6h or 30d";
    public const string SizeExpected = "a size such as 512, 14KB or 64MB";
    public const string DurationPattern = @"^(0|\d+(\.\d+)?(ms|s|m|min|h|d))$";
    public const string SizePattern = @"^\d+(B|KB|MB|GB)?$";

    // A hundred years: far above any real window, far below what overflows when added to an instant.
    private static readonly decimal TicksMax = TimeSpan.FromDays(36_500).Ticks;

    /// <summary><c>500ms</c>, <c>6.5s</c>, <c>10m</c> (minutes, also <c>10min</c>), <c>6h</c>, <c>2000d</c>, <c>0</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (string.Equals(text, "0", StringComparison.Ordinal))
        {
            return true;
        }

        var digits = text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz");
        var unit = text.AsSpan(digits.Length) switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" or "min" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => 0L,
        };
        if (unit == 0 || !TryNumber(digits, out var number) || number > TicksMax / unit)
        {
            return false;
        }

        duration = new TimeSpan((long)(number * unit));
        return true;
    }

    /// <summary><c>512</c>, <c>14KB</c>, <c>64MB</c>, <c>1GB</c>; a KB is 1,024 bytes.</summary>
    public static bool TrySize(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().TrimEnd("BKMG");
        var unit = text.AsSpan(digits.Length) switch
        {
            "" or "B" => 1L,
            "KB" => 1L << 10,
            "MB" => 1L << 20,
            "GB" => 1L << 30,
            _ => 0L,
        };
        if (unit == 0 || digits.Length > 12 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > (1L << 40) / unit)
        {
            return false;
        }

        bytes = number * unit;
        return true;
    }

    /// <summary><c>10/s</c>, <c>400/min</c>, <c>0.33/s</c>: an amount and the window it is for.</summary>
    public static bool TryRate(string text, out decimal amount, out TimeSpan window)
    {
        (amount, window) = (0, default);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !TryNumber(text.AsSpan(0, slash), out amount))
        {
            return false;
        }

        window = text.AsSpan(slash + 1) switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "min" or "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        return window > TimeSpan.Zero;
    }

    /// <summary>A number that is not negative, without exponent or group separators.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        return text.Length is > 0 and <= 20
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
