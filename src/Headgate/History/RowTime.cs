using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Headgate.History;

/// <summary>Reads the stamp of a row; what cannot be read is no stamp.</summary>
internal static class RowTime
{
    private const int StampChars = 19; // 2017-12-15T09:15:00

    /// <param name="text">The value's bytes without quotes.</param>
    /// <param name="format"><c>unix</c>, <c>unixMs</c>, <c>iso</c> or a .NET pattern with an offset.</param>
    /// <returns>Unix seconds; null for anything else than a whole second.</returns>
    public static long? Read(ReadOnlySpan<byte> text, string format)
    {
        if (format is "unix" or "unixMs")
        {
            if (!Utf8Parser.TryParse(text, out long number, out var used) || used != text.Length || number < 0)
            {
                return null;
            }

            return format is "unix" ? number : number % 1_000 == 0 ? number / 1_000 : null;
        }

        // A year of minutes has 90,000 stamps: the common form is read without making strings.
        if (text.Length > StampChars && text[10] == (byte)'T' && TryStamp(text[..StampChars], out var local) && TryOffset(text[StampChars..], out var offset))
        {
            return new DateTimeOffset(local, TimeSpan.Zero).ToUnixTimeSeconds() - offset;
        }

        return format is not "iso"
            && DateTimeOffset.TryParseExact(Encoding.UTF8.GetString(text), format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at.UtcTicks % TimeSpan.TicksPerSecond == 0
            ? at.ToUnixTimeSeconds()
            : null;
    }

    private static bool TryStamp(ReadOnlySpan<byte> text, out DateTime local) =>
        // "s" is the sortable form, yyyy-MM-ddTHH:mm:ss.
        DateTime.TryParseExact(Widen(text, stackalloc char[StampChars]), "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out local);

    private static ReadOnlySpan<char> Widen(ReadOnlySpan<byte> text, Span<char> into)
    {
        for (var i = 0; i < text.Length; i++)
        {
            into[i] = (char)text[i];
        }

        return into;
    }

    // "Z", "+05:30" and, as Kite writes it, "+0530".
    private static bool TryOffset(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.Length == 1)
        {
            return text[0] == (byte)'Z';
        }

        var digits = text.Length == 6 && text[3] == (byte)':' ? (stackalloc byte[] { text[1], text[2], text[4], text[5] }) : text.Length == 5 ? text[1..] : default;
        if (digits.IsEmpty || text[0] is not ((byte)'+' or (byte)'-') || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        var minutes = (((digits[0] - '0') * 10) + digits[1] - '0') * 60 + ((digits[2] - '0') * 10) + digits[3] - '0';
        seconds = (text[0] == (byte)'-' ? -60L : 60L) * minutes;
        return minutes <= 14 * 60;
    }
}
