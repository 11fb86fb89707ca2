using System.Collections.Immutable;
using NodaTime;

namespace Headgate.Markets;

/// <summary>A trading session of one market on one local date; most have one part, drills have two.</summary>
/// <remarks>Immutable and thread-safe. Pre-open and closing auctions are not part of a session.</remarks>
public sealed class Session
{
    internal Session(LocalDate date, SessionKind kind, ImmutableArray<SessionPart> parts, bool hoursKnown, bool isAssumed)
    {
        Date = date;
        Kind = kind;
        Parts = parts;
        HoursKnown = hoursKnown;
        IsAssumed = isAssumed;
    }

    /// <summary>The trading date: the date in the market's zone on which the session opens. Meaningless for an endless session.</summary>
    public LocalDate Date { get; }

    /// <summary>Why the session has these hours.</summary>
    public SessionKind Kind { get; }

    /// <summary>One or more parts, ascending and disjoint.</summary>
    public ImmutableArray<SessionPart> Parts { get; }

    /// <summary>Opening of the first part, UTC.</summary>
    public DateTimeOffset Open => Parts[0].Open;

    /// <summary>Close of the last part, UTC; the daily bar closes here.</summary>
    public DateTimeOffset Close => Parts[^1].Close;

    /// <summary>
    /// False when the exchange trades on this date at hours nobody has told us. The part is then the stretch that is sure to contain the
    /// real session, so what is derived from it errs towards "still trading": data ages normally and no bar is called final too early.
    /// </summary>
    public bool HoursKnown { get; }

    /// <summary>True when the session lies in a year the calendar has no list for and is only assumed from the weekly pattern.</summary>
    public bool IsAssumed { get; }
}
