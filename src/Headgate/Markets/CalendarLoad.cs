using System.Collections.Immutable;

namespace Headgate.Markets;

/// <summary>What came of reading a calendar file: the calendars with it applied, or every error found in it.</summary>
/// <param name="Calendars">The new set; null when there are errors.</param>
/// <param name="Errors">Errors as <c>xnse.yaml:14: reason</c>, in the order of the file; empty on success.</param>
public sealed record CalendarLoad(MarketCalendars? Calendars, ImmutableArray<string> Errors);
