using System.Globalization;

namespace Headgate.Gateway.Configuration;

/// <summary>Durations as people write them: <c>500ms</c>, <c>2s</c>, <c>1.5s</c>, <c>10m</c>, <c>24h</c>, <c>7d</c>; a bare number is seconds.</summary>
internal static class DurationText
{
    // A thousand years: no setting needs more, and sums of two stay far from overflow.
    private static readonly TimeSpan Max = TimeSpan.FromDays(365_000);

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        text = text.Trim();
        var digits = text.IndexOfAnyExcept("0123456789.");
        var number = digits < 0 ? text : text[..digits];
        if (UnitTicks(digits < 0 ? "s" : text[digits..]) is not { } unit
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > Max.Ticks / unit)
        {
            return false;
        }

        duration = new TimeSpan((long)(value * unit));
        return true;
    }

    private static long? UnitTicks(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        "d" => TimeSpan.TicksPerDay,
        _ => null,
    };
}
