using System.Globalization;

namespace Headgate.Strategies.Store.Import;

/// <summary>Numbers of input files: invariant, exact, bounded so that a stored column always fits 64 bits.</summary>
internal static class Numbers
{
    /// <summary>Turnover of the busiest contracts is some 10¹³ rupees a day; beyond this a value is garbage.</summary>
    private const decimal Max = 100_000_000_000_000m;

    /// <summary>A number with at most <see cref="DaySheetCodec.DecimalsMax"/> decimals; an empty text is 0, as the exchange means it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) <= Max
            && decimal.Round(value, DaySheetCodec.DecimalsMax) == value;
    }

    /// <summary>A whole number, also when written as 65.0.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        var parsed = TryParse(text, out decimal number) && decimal.Truncate(number) == number;
        value = parsed ? (long)number : 0;
        return parsed;
    }

    /// <summary>Without trailing zeros, so that equal values have equal texts.</summary>
    public static string Text(decimal value) => (value / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
}
