using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Headgate.Markets;

/// <summary>The calendars a gate knows, by market code. Immutable and thread-safe; a reload builds another and swaps the reference.</summary>
public sealed class MarketCalendars
{
    private static readonly Lazy<MarketCalendars> ShippedOnce = new(MarketCalendarLoader.LoadShipped);

    private readonly FrozenDictionary<string, MarketCalendar> _byCode;

    internal MarketCalendars(IEnumerable<MarketCalendar> calendars)
    {
        All = [.. calendars.OrderBy(calendar => calendar.Code, StringComparer.OrdinalIgnoreCase)];
        _byCode = All.ToFrozenDictionary(calendar => calendar.Code, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The calendars that come with Headgate: XNSE, XNYS, XTSE and 24x7.</summary>
    public static MarketCalendars Shipped => ShippedOnce.Value;

    /// <summary>All calendars, by code.</summary>
    public ImmutableArray<MarketCalendar> All { get; }

    internal static MarketCalendars None { get; } = new([]);

    /// <summary>The calendar of a market; null when none is known. Case matters not.</summary>
    public MarketCalendar? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The same calendars, each telling the sink once of every warning that touches an answer.</summary>
    /// <inheritdoc cref="MarketCalendar.ReportingTo" path="/param"/>
    public MarketCalendars ReportingTo(Action<CalendarWarning> sink) => new(All.Select(calendar => calendar.ReportingTo(sink)));

    /// <summary>What should be repaired as of an instant, of all markets; see <see cref="MarketCalendar.WarningsAt"/>.</summary>
    public ImmutableArray<CalendarWarning> WarningsAt(DateTimeOffset now) => [.. All.SelectMany(calendar => calendar.WarningsAt(now))];

    internal MarketCalendars With(MarketCalendar calendar) =>
        new(All.Where(known => !known.Code.Equals(calendar.Code, StringComparison.OrdinalIgnoreCase)).Append(calendar));
}
