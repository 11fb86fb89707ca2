using System.Globalization;

namespace Headgate.Desk.Alerts;

/// <summary>An alert's key in eight hexadecimal digits, for people to tell a repetition from news.</summary>
public static class AlertRef
{
    /// <summary>FNV-1a over the key's characters: the same in every process.</summary>
    public static string Of(string key)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in key)
        {
            hash = unchecked((hash ^ letter) * 16_777_619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
