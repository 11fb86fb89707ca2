using System.Globalization;

namespace Headgate.Strategies.Store.Import;

/// <summary>The date formats of the input files. Day always precedes month unless the year leads; month/day order is never guessed.</summary>
internal static class DateFormats
{
    public const string Iso = "yyyy-MM-dd";
    public const string DayFirst = "dd-MM-yyyy";
    public const string MonthName = "dd-MMM-yyyy";
    public const string MonthNameShort = "dd-MMM-yy";
    public const string YearFirstShort = "yy-MM-dd";
    public const string DayFirstShort = "dd-MM-yy";

    /// <summary>ISO first, as specified; then by how much a text can only be read that way.</summary>
    public static readonly string[] All = [Iso, DayFirst, MonthName, MonthNameShort, YearFirstShort, DayFirstShort];

    /// <summary>Formats whose readings exclude each other, so that one row decides.</summary>
    public static readonly string[] Unambiguous = [Iso, DayFirst, MonthName, MonthNameShort];

    public static bool TryParse(ReadOnlySpan<char> text, string format, out DateOnly date) =>
        DateOnly.TryParseExact(text, format, TwoDigitYears, DateTimeStyles.None, out date);

    /// <summary>Two-digit years mean 1980 to 2079: the exchange's derivatives began in 2000, contracts are listed five years ahead.</summary>
    private static readonly CultureInfo TwoDigitYears = CreateCulture();

    private static CultureInfo CreateCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.Calendar.TwoDigitYearMax = 2079;
        return culture;
    }
}
