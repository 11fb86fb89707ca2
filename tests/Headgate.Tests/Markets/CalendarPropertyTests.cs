using Headgate.Markets;
using NodaTime;

namespace Headgate.Tests.Markets;

/// <summary>The searched answers equal those of a plain walk over days, at random instants and at every edge near them.</summary>
public sealed class CalendarPropertyTests
{
    private const string Overnight = """
        market: XOVN
        zone: America/Chicago
        regular:
          - { days: Sun-Thu, hours: [17:00-20:30, 21:00-02:30] }
          - { from: 2025-06-01, days: Mon-Fri, hours: 22:00-24:00 }
        years:
          2025: { closed: [12-31], sessions: { 12-28: { hours: 23:00-01:00 } } }
        """;

    private static readonly int[] IntervalMinutes = [1, 3, 5, 7, 10, 15, 30, 60, 240];

    [Theory]
    [InlineData("XNSE", 2012, 2026)]
    [InlineData("XNYS", 2023, 2028)]
    [InlineData("XTSE", 2020, 2028)]
    [InlineData("XOVN", 2024, 2027)]
    public void Queries_equal_a_walk_over_the_days(string code, int first, int last)
    {
        var calendar = code == "XOVN" ? MarketCalendarLoader.Load(Overnight, "xovn.yaml").Calendars!.Find(code)! : MarketCalendars.Shipped.Find(code)!;
        var random = new Random(20261120);
        var start = new DateTimeOffset(first, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var minutes = (int)(new DateTimeOffset(last, 12, 31, 0, 0, 0, TimeSpan.Zero) - start).TotalMinutes;
        for (var i = 0; i < 1500; i++)
        {
            var at = start.AddMinutes(random.Next(minutes)).AddTicks(random.Next(3) - 1);
            if (i % 3 == 0)
            {
                at = calendar.NextClose(at).AddTicks(random.Next(3) - 1);
            }
            else if (i % 3 == 1)
            {
                at = calendar.NextOpen(at).AddTicks(random.Next(3) - 1);
            }

            Compare(calendar, at, IntervalMinutes[random.Next(IntervalMinutes.Length)]);
        }
    }

    private static void Compare(MarketCalendar calendar, DateTimeOffset at, int minutes)
    {
        var sessions = SessionsAround(calendar, at);
        var parts = sessions.SelectMany(session => session.Parts).ToList();
        var context = $"{calendar.Code} at {at:O}, {minutes} minutes";

        calendar.IsOpen(at).ShouldBe(parts.Any(part => part.Open <= at && at < part.Close), context);
        calendar.SessionAt(at).ShouldBe(sessions.SingleOrDefault(session => session.Open <= at && at < session.Close), context);
        calendar.NextOpen(at).ShouldBe(parts.Select(part => part.Open).Where(open => open > at).Min(), context);
        calendar.NextClose(at).ShouldBe(parts.Select(part => part.Close).Where(close => close > at).Min(), context);
        calendar.NextSessionClose(at).ShouldBe(sessions.Select(session => session.Close).Where(close => close > at).Min(), context);
        calendar.PreviousClose(at).ShouldBe(parts.Select(part => part.Close).Where(close => close <= at).Max(), context);
        calendar.PreviousSession(at).ShouldBe(sessions.Last(session => session.Close <= at), context);

        var bars = sessions.SelectMany(session => Bars(session, minutes)).ToList();
        var closed = sessions.SelectMany(session => session.HoursKnown || session.Close <= at ? Bars(session, minutes) : []).ToList();
        calendar.NextBarClose(at, BarInterval.Minutes(minutes)).ShouldBe(bars.First(bar => bar.Close > at).Close, context);
        calendar.LastClosedBar(at, BarInterval.Minutes(minutes)).ShouldBe(closed.Last(bar => bar.Close <= at), context);
    }

    private static List<Session> SessionsAround(MarketCalendar calendar, DateTimeOffset at)
    {
        var date = Instant.FromDateTimeOffset(at).InZone(calendar.Zone).Date;
        var sessions = new List<Session>();
        for (var day = -10; day <= 10; day++)
        {
            if (calendar.SessionOn(date.PlusDays(day)) is { } session)
            {
                sessions.Add(session);
            }
        }

        return sessions;
    }

    private static IEnumerable<BarSpan> Bars(Session session, int minutes)
    {
        foreach (var part in session.Parts)
        {
            for (var open = part.Open; open < part.Close; open = open.AddMinutes(minutes))
            {
                var close = open.AddMinutes(minutes);
                yield return new BarSpan(open, close < part.Close ? close : part.Close);
            }
        }
    }
}
