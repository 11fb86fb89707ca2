using System.Collections.Immutable;
using NodaTime;

namespace Headgate.Markets;

/// <summary>Hours of some weekdays from a date on. Entries of one <paramref name="From"/> replace all entries of earlier ones.</summary>
/// <param name="From">First date on which they apply.</param>
/// <param name="Weekdays">Bit n stands for <see cref="IsoDayOfWeek"/> n.</param>
/// <param name="Hours">The parts, ascending and disjoint.</param>
internal sealed record RegularHours(LocalDate From, int Weekdays, ImmutableArray<HoursRange> Hours)
{
    public bool Covers(IsoDayOfWeek day) => (Weekdays & (1 << (int)day)) != 0;
}
