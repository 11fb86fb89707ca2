using System.Collections.Immutable;

namespace Headgate.Markets;

/// <summary>What a calendar file says of one date: closed, regular, or a session with hours of its own.</summary>
/// <param name="Kind">The session's kind; null when the market is closed.</param>
/// <param name="Hours">The parts; empty for a closed day and for one with the regular hours.</param>
/// <param name="HoursKnown">False when <paramref name="Hours"/> only bounds the session.</param>
internal sealed record DayRule(SessionKind? Kind, ImmutableArray<HoursRange> Hours, bool HoursKnown)
{
    public static DayRule Closed { get; } = new(null, [], HoursKnown: true);

    public static DayRule Regular { get; } = new(SessionKind.Regular, [], HoursKnown: true);
}
