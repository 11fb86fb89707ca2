using NodaTime;

namespace Headgate.Markets;

/// <summary>Something an operator should repair in a calendar before it costs calls or freshness.</summary>
/// <param name="Market">Code of the calendar.</param>
/// <param name="Kind">What is amiss.</param>
/// <param name="Date">The first of January of the year that is missing, or the date whose hours are unknown.</param>
public readonly record struct CalendarWarning(string Market, CalendarWarningKind Kind, LocalDate Date)
{
    /// <summary>One sentence for a log, naming the file entry that would silence it.</summary>
    public string Message => Kind switch
    {
        CalendarWarningKind.YearMissing =>
            $"calendar {Market} has no holidays for {Date.Year}: every regular weekday is taken for a trading day; add years.{Date.Year}",
        CalendarWarningKind.NextYearMissing =>
            $"calendar {Market} has no holidays for {Date.Year} yet; add years.{Date.Year} before the year ends",
        _ => $"calendar {Market} does not know the hours of the session on {Date:uuuu-MM-dd}; add days.{Date:uuuu-MM-dd}",
    };

    public override string ToString() => Message;
}
