using System.Globalization;

namespace Headgate.Markets;

/// <summary>The length of a bar: 1 to 1,439 minutes, or a trading day. <c>default</c> is one minute.</summary>
public readonly record struct BarInterval
{
    private const int DayCode = -1;

    private readonly int _code; // minutes - 1, so that default is a minute; DayCode for a day

    private BarInterval(int code) => _code = code;

    /// <summary>One minute.</summary>
    public static BarInterval Minute => default;

    /// <summary>One trading day; its bar closes with the session.</summary>
    public static BarInterval Day => new(DayCode);

    /// <summary>True for <see cref="Day"/>.</summary>
    public bool IsDay => _code == DayCode;

    /// <summary>The length in minutes, 1 to 1,439; 1,440 for a day, which is its length only where the market never closes.</summary>
    public int TotalMinutes => IsDay ? 1440 : _code + 1;

    internal long Ticks => TotalMinutes * TimeSpan.TicksPerMinute;

    /// <summary>Bars of so many minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 1,439.</exception>
    public static BarInterval Minutes(int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutes, 1439);
        return new BarInterval(minutes - 1);
    }

    /// <summary>
    /// Reads Kite's names (<c>minute</c>, <c>3minute</c> … <c>60minute</c>, <c>day</c>; Kite Connect docs) and the common short ones
    /// (<c>1m</c>, <c>5min</c>, <c>1h</c>, <c>1d</c>). Case matters not.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out BarInterval interval)
    {
        interval = default;
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits is < 0 or > 4)
        {
            return false;
        }

        var count = digits == 0 ? 1 : int.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        var unit = text[digits..];
        if (unit.Equals("day", StringComparison.OrdinalIgnoreCase) || (digits > 0 && unit.Equals("d", StringComparison.OrdinalIgnoreCase)))
        {
            interval = Day;
            return count == 1;
        }

        var minutes = MinutesIn(unit, bare: digits == 0) * count;
        if (minutes is < 1 or > 1439)
        {
            return false;
        }

        interval = Minutes(minutes);
        return true;
    }

    /// <summary>Kite's name of the interval.</summary>
    public override string ToString() => IsDay ? "day" : TotalMinutes == 1 ? "minute" : $"{TotalMinutes}minute";

    private static int MinutesIn(ReadOnlySpan<char> unit, bool bare)
    {
        if (unit.Equals("minute", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        if (bare)
        {
            return 0; // a lone "m" or "h" is no interval
        }

        if (unit.Equals("m", StringComparison.OrdinalIgnoreCase) || unit.Equals("min", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        return unit.Equals("h", StringComparison.OrdinalIgnoreCase) ? 60 : 0;
    }
}
