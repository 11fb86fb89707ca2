using System.Globalization;

namespace Headgate.Catalogue;

/// <summary>Reads <c>Retry-After</c> (RFC 9110 §10.2.3): seconds or a date.</summary>
internal static class RetryAfter
{
    // Binance bans for up to three days; what says more is more likely broken than meant.
    private static readonly TimeSpan Max = TimeSpan.FromDays(7);

    /// <param name="headers">The answer's headers; a date is taken against its own <c>Date</c>, so that skewed clocks do not matter.</param>
    /// <param name="now">The wall clock, for answers without a <c>Date</c>.</param>
    public static TimeSpan? FromHeaders(IReadOnlyList<HeaderField> headers, DateTimeOffset now)
    {
        if (Find(headers, "Retry-After") is not { } text)
        {
            return null;
        }

        if (TrySeconds(text, out var wait))
        {
            return wait;
        }

        var from = Find(headers, "Date") is { } date && TryDate(date, out var sent) ? sent : now;
        return TryDate(text, out var until) ? Clamp(until - from) : null;
    }

    /// <summary>Seconds, also with a fraction, as bodies write them.</summary>
    public static bool TrySeconds(string text, out TimeSpan wait)
    {
        wait = default;
        if (!decimal.TryParse(text.AsSpan().Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        wait = seconds >= (decimal)Max.TotalSeconds ? Max : new TimeSpan((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Max ? Max : wait;

    private static bool TryDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text.Trim(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    private static string? Find(IReadOnlyList<HeaderField> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Is(name))
            {
                return header.Value;
            }
        }

        return null;
    }
}
