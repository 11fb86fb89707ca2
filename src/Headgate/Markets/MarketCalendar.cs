using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;

namespace Headgate.Markets;

/// <summary>When one market trades: its sessions, holidays, half days and special sessions.</summary>
/// <remarks>
/// <para>Immutable and thread-safe. Answers cover the local years 1970 to 2199; a year is computed when it is first asked for, after that a
/// query is a binary search that allocates nothing.</para>
/// <para>Opens are inclusive, closes exclusive: at the very instant of a close the market is shut. A year without a list is answered from the
/// weekly pattern; such sessions say <see cref="Session.IsAssumed"/>, and the sink of <see cref="ReportingTo"/> is told once.</para>
/// </remarks>
public sealed class MarketCalendar
{
    private readonly Timeline _timeline;
    private readonly Action<CalendarWarning>? _sink;
    private readonly ConcurrentDictionary<CalendarWarning, bool> _told = [];

    internal MarketCalendar(MarketDefinition definition)
        : this(definition, new Timeline(definition), sink: null)
    {
    }

    private MarketCalendar(MarketDefinition definition, Timeline timeline, Action<CalendarWarning>? sink)
    {
        Definition = definition;
        _timeline = timeline;
        _sink = sink;
    }

    /// <summary>The market's code as catalogue definitions name it: an ISO 10383 code such as <c>XNSE</c>, or <c>24x7</c>.</summary>
    public string Code => Definition.Code;

    /// <summary>What people call it.</summary>
    public string Name => Definition.Name;

    /// <summary>The zone of its wall clock.</summary>
    public DateTimeZone Zone => Definition.Zone;

    /// <summary>True for a market that never closes: it has one session, no next open and no next close.</summary>
    public bool IsEndless => Definition.Endless;

    /// <summary>Years whose holidays are listed in full, ascending; empty for an endless market, which needs none.</summary>
    public ImmutableArray<int> ListedYears => [.. Definition.Years.Keys];

    internal MarketDefinition Definition { get; }

    /// <summary>The same calendar, telling each warning that touches one of its answers once, from the asking thread.</summary>
    /// <param name="sink">Must be safe to call from several threads; what it throws reaches the asker.</param>
    public MarketCalendar ReportingTo(Action<CalendarWarning> sink) => new(Definition, _timeline, sink);

    /// <summary>The session of a date in the market's zone; null when it does not trade, and outside the years 1970 to 2199.</summary>
    public Session? SessionOn(LocalDate date)
    {
        if (IsEndless)
        {
            return _timeline.FirstClosingAfter(0).Session;
        }

        if (!Timeline.Holds(date.Year))
        {
            return null;
        }

        if (_sink is not null && !Definition.IsListed(date))
        {
            TellYearMissing(date.Year);
        }

        return _timeline.Year(date.Year).SessionOfDay[date.DayOfYear - 1];
    }

    /// <inheritdoc cref="SessionOn(LocalDate)"/>
    public Session? SessionOn(DateOnly date) => SessionOn(LocalDate.FromDateOnly(date));

    /// <summary>The date on the market's wall clock.</summary>
    public LocalDate DateAt(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Zone).Date;

    /// <summary>True while a part of a session is under way; in the pause of a two-part session it is false.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var part = Locate(at.UtcTicks);
        return part.Exists && part.Open <= at.UtcTicks;
    }

    /// <summary>The session between whose opening and final close an instant lies, its pauses included; else null.</summary>
    public Session? SessionAt(DateTimeOffset at)
    {
        var part = Locate(at.UtcTicks);
        return part.Exists && part.Session.Open <= at ? part.Session : null;
    }

    /// <summary>The first opening of a part after an instant (never at it); <see cref="DateTimeOffset.MaxValue"/> when there is none.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset after)
    {
        var part = Locate(after.UtcTicks);
        if (part.Exists && part.Open <= after.UtcTicks)
        {
            part = Noticed(_timeline.Next(part));
        }

        return part.Exists ? Utc(part.Open) : DateTimeOffset.MaxValue;
    }

    /// <summary>The first close of a part after an instant (never at it); <see cref="DateTimeOffset.MaxValue"/> when there is none.</summary>
    public DateTimeOffset NextClose(DateTimeOffset after)
    {
        var part = Locate(after.UtcTicks);
        return part.Exists ? Utc(part.Close) : DateTimeOffset.MaxValue;
    }

    /// <summary>The first final close of a session after an instant; pauses do not count. <see cref="DateTimeOffset.MaxValue"/> when there is none.</summary>
    public DateTimeOffset NextSessionClose(DateTimeOffset after)
    {
        var part = Locate(after.UtcTicks);
        return part.Exists ? part.Session.Close : DateTimeOffset.MaxValue;
    }

    /// <summary>The last close of a part at or before an instant; <see cref="DateTimeOffset.MinValue"/> when there is none.</summary>
    public DateTimeOffset PreviousClose(DateTimeOffset before)
    {
        var part = PartClosedBy(before.UtcTicks);
        return part.Exists ? Utc(part.Close) : DateTimeOffset.MinValue;
    }

    /// <summary>The last session whose final close is at or before an instant; null when there is none.</summary>
    public Session? PreviousSession(DateTimeOffset before)
    {
        var part = PartClosedBy(before.UtcTicks);
        while (part.Exists && part.Session.Close > before)
        {
            part = Noticed(_timeline.Previous(part));
        }

        return part.Exists ? part.Session : null;
    }

    /// <summary>Whether a date's answer comes from a list or is only assumed.</summary>
    public CalendarCoverage CoverageOf(LocalDate date) => Definition.IsListed(date) ? CalendarCoverage.Listed : CalendarCoverage.Assumed;

    /// <summary>
    /// What should be repaired as of an instant: this year's list missing; from 1 November next year's missing; sessions of unknown hours
    /// within the next 30 days. Empty when all is well.
    /// </summary>
    public ImmutableArray<CalendarWarning> WarningsAt(DateTimeOffset now)
    {
        if (IsEndless)
        {
            return [];
        }

        var today = DateAt(now);
        var warnings = ImmutableArray.CreateBuilder<CalendarWarning>();
        if (!Definition.IsListed(today.Year))
        {
            warnings.Add(YearMissing(today.Year));
        }

        if (today.Month >= 11 && !Definition.IsListed(today.Year + 1))
        {
            warnings.Add(NextYearMissing(today.Year + 1));
        }

        for (var date = today; date <= today.PlusDays(30); date = date.PlusDays(1))
        {
            if (Definition.Exception(date) is { HoursKnown: false })
            {
                warnings.Add(new CalendarWarning(Code, CalendarWarningKind.HoursUnknown, date));
            }
        }

        return warnings.ToImmutable();
    }

    public override string ToString() => Code;

    internal static DateTimeOffset Utc(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>The first part that closes after an instant; the sink hears of what is assumed about the instant and about the answer.</summary>
    internal PartRef Locate(long ticks)
    {
        var part = _timeline.FirstClosingAfter(ticks);
        if (_sink is not null)
        {
            Notice(ticks);
            Noticed(part);
        }

        return part;
    }

    /// <summary>The last part that closed at or before an instant.</summary>
    internal PartRef PartClosedBy(long ticks)
    {
        var open = Locate(ticks);
        return open.Exists ? Noticed(_timeline.Previous(open)) : _timeline.Last();
    }

    private PartRef Noticed(PartRef part)
    {
        if (_sink is not null && part.Exists)
        {
            if (part.Session.IsAssumed)
            {
                TellYearMissing(part.Session.Date.Year);
            }
            else if (!part.Session.HoursKnown)
            {
                Tell(new CalendarWarning(Code, CalendarWarningKind.HoursUnknown, part.Session.Date));
            }
        }

        return part;
    }

    private void Notice(long ticks)
    {
        var table = _timeline.Containing(ticks);
        if (ticks < table.WarnFromTicks)
        {
            return;
        }

        Tell(Definition.IsListed(table.Year) ? NextYearMissing(table.Year + 1) : YearMissing(table.Year));
    }

    private void TellYearMissing(int year) => Tell(YearMissing(year));

    private void Tell(CalendarWarning warning)
    {
        // Looked up first because TryAdd takes a lock even when the key is there.
        if (!_told.ContainsKey(warning) && _told.TryAdd(warning, value: true))
        {
            _sink!(warning);
        }
    }

    private CalendarWarning YearMissing(int year) => new(Code, CalendarWarningKind.YearMissing, new LocalDate(year, 1, 1));

    private CalendarWarning NextYearMissing(int year) => new(Code, CalendarWarningKind.NextYearMissing, new LocalDate(year, 1, 1));
}
