using System.Globalization;

namespace Headgate.Upstream;

/// <summary>HTTP dates in their three forms (RFC 9110 §5.6.7).</summary>
internal static class HttpDate
{
    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite;

    // Without the name of the weekday, which says nothing that the date does not.
    private static readonly string[] Formats = ["d MMM yyyy HH:mm:ss 'GMT'", "d-MMM-yy HH:mm:ss 'GMT'", "MMM d HH:mm:ss yyyy"];
    private static readonly CultureInfo Culture = WithYears();

    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var rest = text.AsSpan().Trim();
        var letters = rest.IndexOfAnyExceptInRange('A', 'z');
        if (letters < 3)
        {
            return null;
        }

        // The comma stands after the weekday in all forms but asctime's.
        rest = rest[letters..];
        var isAscTime = rest[0] == ' ';
        return (isAscTime || rest[0] == ',') && DateTimeOffset.TryParseExact(
            rest[1..].Trim().ToString().Replace("gmt", "GMT", StringComparison.OrdinalIgnoreCase), isAscTime ? Formats[2..] : Formats[..2], Culture, Styles, out var date)
            ? date
            : null;
    }

    // Two digits mean a year of this century up to 2099: nothing on the Web is older than 1990, and such dates are ends far ahead.
    private static CultureInfo WithYears()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.Calendar = new GregorianCalendar { TwoDigitYearMax = 2_089 };
        return culture;
    }
}
