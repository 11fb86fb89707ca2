using NodaTime;

namespace Headgate.Markets;

/// <summary>Bars of a market that never closes, counted from midnight. Its zone has a fixed offset (the loader holds that), so days are equal.</summary>
internal static class MidnightBars
{
    /// <summary>The bar under way at an instant.</summary>
    public static BarSpan Containing(MarketCalendar calendar, DateTimeOffset at, BarInterval interval)
    {
        var offset = calendar.Zone.GetUtcOffset(NodaConstants.UnixEpoch).Ticks;
        var local = at.UtcTicks + offset;
        var midnight = local - Modulo(local, TimeSpan.TicksPerDay);
        var open = local - ((local - midnight) % interval.Ticks);
        return new BarSpan(Utc(open - offset), Utc(Math.Min(open + interval.Ticks, midnight + TimeSpan.TicksPerDay) - offset));
    }

    /// <summary>The bar that ended when the one under way began.</summary>
    public static BarSpan? Before(MarketCalendar calendar, DateTimeOffset at, BarInterval interval)
    {
        var open = Containing(calendar, at, interval).Open;
        return open == DateTimeOffset.MinValue ? null : Containing(calendar, open - TimeSpan.FromTicks(1), interval);
    }

    private static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;

    private static DateTimeOffset Utc(long ticks) =>
        MarketCalendar.Utc(Math.Clamp(ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks));
}
