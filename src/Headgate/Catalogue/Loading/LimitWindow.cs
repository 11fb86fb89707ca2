using System.Globalization;
using NodaTime;

namespace Headgate.Catalogue;

/// <summary>A limit's window: <c>1s</c> slides; <c>1 day in Asia/Kolkata at 00:00</c> is a calendar window.</summary>
internal readonly record struct LimitWindow(LimitKind Kind, TimeSpan Length, string Zone, TimeSpan ResetAt)
{
    public const string Expected = "a duration such as 1s, or a calendar window such as '1 day in Asia/Kolkata at 00:00'";

    public static bool TryParse(string text, out LimitWindow window)
    {
        if (Quantities.TryDuration(text, out var sliding))
        {
            window = new LimitWindow(LimitKind.Sliding, sliding, "Etc/UTC", TimeSpan.Zero);
            // Shorter windows cannot be kept against real networks; longer ones than a year are slips.
            return sliding >= TimeSpan.FromMilliseconds(1) && sliding <= TimeSpan.FromDays(366);
        }

        window = default;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (4 or 6) || words[2] != "in" || !TryLength(words[0], words[1], out var length))
        {
            return false;
        }

        var resetAt = TimeSpan.Zero;
        if (words.Length == 6 && (words[4] != "at" || length < TimeSpan.FromDays(1) || !TryTimeOfDay(words[5], out resetAt)))
        {
            return false;
        }

        window = new LimitWindow(LimitKind.Calendar, length, words[3], resetAt);
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(words[3]) is not null;
    }

    // Windows shorter than a day must divide it, or the last one of a day would be cut short.
    private static bool TryLength(string count, string unit, out TimeSpan length)
    {
        length = default;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 366)
        {
            return false;
        }

        length = unit switch
        {
            "day" or "days" => TimeSpan.FromDays(number),
            "hour" or "hours" when 24 % number == 0 => TimeSpan.FromHours(number),
            "minute" or "minutes" when 60 % number == 0 => TimeSpan.FromMinutes(number),
            _ => TimeSpan.Zero,
        };
        return length > TimeSpan.Zero;
    }

    private static bool TryTimeOfDay(string text, out TimeSpan time)
    {
        var parsed = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        time = value.ToTimeSpan();
        return parsed;
    }
}
