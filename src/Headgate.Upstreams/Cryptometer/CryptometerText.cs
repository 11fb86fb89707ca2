using System.Globalization;

namespace Headgate.Upstreams.Cryptometer;

/// <summary>How Cryptometer writes moments, and numbers that it gives as text.</summary>
internal static class CryptometerText
{
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.000Z", CultureInfo.InvariantCulture);

    public static string Number(decimal number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
