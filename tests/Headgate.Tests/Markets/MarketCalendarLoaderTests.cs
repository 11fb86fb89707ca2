using Headgate.Markets;
using NodaTime;

namespace Headgate.Tests.Markets;

public sealed class MarketCalendarLoaderTests
{
    private const string Minimal = """
        market: XNEW
        zone: Asia/Jerusalem
        regular:
          - { days: Sun-Thu, hours: 09:59-17:15 }
        years:
          2026: { closed: [04-02] }
        """;

    [Fact]
    public void A_new_market_is_added_to_those_known()
    {
        var calendars = Loaded(Minimal, MarketCalendars.Shipped);
        calendars.All.Length.ShouldBe(5);
        var market = calendars.Find("xnew")!;
        market.SessionOn(new LocalDate(2026, 4, 5)).ShouldNotBeNull(); // a Sunday
        market.SessionOn(new LocalDate(2026, 4, 3)).ShouldBeNull(); // a Friday
        market.SessionOn(new LocalDate(2026, 4, 2)).ShouldBeNull();
        MarketCalendars.Shipped.Find("XNEW").ShouldBeNull();
    }

    [Fact]
    public void A_users_file_corrects_single_days_and_adds_years()
    {
        var nse = Loaded("""
            market: XNSE
            years:
              2027: { closed: [01-26] }
            days:
              2026-11-08: { kind: muhurat, hours: 18:15-19:15 }
              2026-12-31: closed
              2026-12-25: regular
            """, MarketCalendars.Shipped).Find("XNSE")!;
        nse.Name.ShouldBe("National Stock Exchange of India");
        nse.SessionOn(new LocalDate(2026, 11, 8))!.HoursKnown.ShouldBeTrue();
        nse.SessionOn(new LocalDate(2026, 12, 31)).ShouldBeNull();
        nse.SessionOn(new LocalDate(2026, 12, 25)).ShouldNotBeNull();
        nse.SessionOn(new LocalDate(2026, 10, 2)).ShouldBeNull(); // as shipped
        nse.CoverageOf(new LocalDate(2027, 3, 1)).ShouldBe(CalendarCoverage.Listed);
        nse.SessionOn(new LocalDate(2027, 1, 26)).ShouldBeNull();
        nse.WarningsAt(DateTimeOffset.Parse("2026-11-20T00:00:00Z")).ShouldBeEmpty();
    }

    [Fact]
    public void A_users_year_replaces_the_shipped_one_whole()
    {
        var nse = Loaded("market: XNSE\nyears:\n  2026: { closed: [] }\n", MarketCalendars.Shipped).Find("XNSE")!;
        nse.SessionOn(new LocalDate(2026, 10, 2)).ShouldNotBeNull();
        nse.SessionOn(new LocalDate(2025, 10, 2)).ShouldBeNull();
    }

    [Fact]
    public void Regular_hours_may_change_on_a_date()
    {
        var market = Loaded("""
            market: XCHG
            zone: UTC
            regular:
              - { days: Mon-Fri, hours: 09:00-15:00 }
              - { from: 2026-08-03, days: Mon-Thu, hours: 09:00-15:35 }
            """).Find("XCHG")!;
        market.SessionOn(new LocalDate(2026, 7, 31))!.Close.Minute.ShouldBe(0);
        market.SessionOn(new LocalDate(2026, 8, 3))!.Close.Minute.ShouldBe(35);
        market.SessionOn(new LocalDate(2026, 8, 7)).ShouldBeNull(); // a Friday
    }

    [Theory]
    [InlineData("zone: UTC", "t.yaml:1: market is missing")]
    [InlineData("market: X/Y\nzone: UTC", "t.yaml:1: market is 'X/Y'; expected 1 to 16 letters and digits")]
    [InlineData("market: XX", "t.yaml:1: zone is missing; market XX is new")]
    [InlineData("market: XX\nzone: Asia/Calcuta", "t.yaml:2: zone is 'Asia/Calcuta'; expected an IANA name such as Asia/Kolkata")]
    [InlineData("market: XX\nzone: UTC", "t.yaml:1: market XX has no regular hours and is not endless")]
    [InlineData("market: XX\nzone: Europe/Paris\nendless: true", "t.yaml:1: an endless market needs a zone without clock changes, such as UTC; 'Europe/Paris' has some")]
    [InlineData("market: XNSE\nholidays: []", "t.yaml:2: 'holidays' is unknown; expected market, name, zone, endless, regular, years or days")]
    [InlineData("market: XNSE\nyears:\n  2027:\n    closed:\n      - 02-30", "t.yaml:5: '02-30' is no day of 2027; expected such as 01-26")]
    [InlineData("market: XNSE\nyears:\n  2027:\n    closed: [01-26,\n      01-26]", "t.yaml:5: 2027-01-26 is stated twice")]
    [InlineData("market: XNSE\nyears:\n  2027: { sessions: {} }", "t.yaml:3: years.2027 has no closed list; write closed: [] if the market has no holidays")]
    [InlineData("market: XNSE\nyears:\n  27: { closed: [] }", "t.yaml:3: '27' is no year from 1970 to 2199")]
    [InlineData("market: XNSE\ndays:\n  2026-11-08: open", "t.yaml:3: a day is 'open'; expected closed, regular or { kind: special, hours: 09:15-10:00 }")]
    [InlineData("market: XNSE\ndays:\n  2026-11-08: { hours: 9-10 }", "t.yaml:3: hours are '9-10'; expected such as 09:15-15:30")]
    [InlineData("market: XNSE\ndays:\n  2026-11-08: { hours: [09:15-10:00, 09:59-11:00] }", "t.yaml:3: the part 09:59-11:00 begins before the one before it ends")]
    [InlineData("market: XNSE\ndays:\n  2026-11-08: { kind: party, hours: 09:15-10:00 }", "t.yaml:3: kind is 'party'; expected half-day, special or muhurat")]
    [InlineData("market: XNSE\ndays:\n  2026-11-08: { kind: muhurat }", "t.yaml:3: a session needs hours, or within: a range sure to contain it while its hours are unknown")]
    [InlineData("market: XNSE\ndays:\n  2026-11-08: regular", "t.yaml:1: 2026-11-08 is regular, but Sunday has no regular hours; state them")]
    [InlineData("market: XNSE\ndays:\n  2026-11-05: { hours: 22:00-21:00 }", "t.yaml:1: the session of 2026-11-06 begins before the one before it ends")]
    [InlineData("market: XNSE\nregular:\n  - { days: Mon-Foo, hours: 09:15-15:30 }", "t.yaml:3: days is 'Mon-Foo'; expected from: 2024-01-01, days: Mon-Fri or hours: 09:15-15:30")]
    [InlineData("market: XNSE\nname: &n x\nzone: *n", "t.yaml:3: aliases are not read in calendars")]
    [InlineData("- XNSE", "t.yaml:1: expected one mapping beginning with market:")]
    public void An_error_names_file_line_and_reason(string yaml, string error)
    {
        var load = MarketCalendarLoader.Load(yaml, "t.yaml", MarketCalendars.Shipped);
        load.Calendars.ShouldBeNull();
        load.Errors.ShouldContain(error);
    }

    [Fact]
    public void All_errors_of_a_file_are_told_in_its_order()
    {
        var load = MarketCalendarLoader.Load("market: XNSE\nyears:\n  2027: { closed: [13-01] }\ndays:\n  today: closed\nwhat: ever\n", "xnse.yaml", MarketCalendars.Shipped);
        load.Errors.Select(error => error.Split(": ")[0]).ShouldBe(["xnse.yaml:3", "xnse.yaml:5", "xnse.yaml:6"]);
    }

    [Fact]
    public void Broken_deep_and_huge_texts_are_refused_with_a_reason()
    {
        Errors("market: [").ShouldHaveSingleItem().ShouldStartWith("t.yaml:");
        Errors("a: 1\na: 2").ShouldHaveSingleItem().ShouldStartWith("t.yaml:2: ");
        Errors("").ShouldHaveSingleItem();
        Errors("market: " + new string('[', 100_000)).ShouldHaveSingleItem().ShouldBe("t.yaml:1: nested more than 16 deep");
        Errors(new string('#', MarketCalendarLoader.TextLengthMax + 1)).ShouldHaveSingleItem().ShouldContain("at most 1048576 are read");

        static IEnumerable<string> Errors(string yaml) => MarketCalendarLoader.Load(yaml, "t.yaml").Errors;
    }

    [Fact]
    public void The_files_of_the_documentation_load()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var page = Path.Combine(directory.FullName, "docs", "calendars.md");
            if (File.Exists(page))
            {
                var blocks = File.ReadAllText(page).Split("```yaml")[1..].Select(block => block.Split("```")[0]).ToList();
                blocks.Count.ShouldBe(2);
                blocks.ForEach(block => Loaded(block, MarketCalendars.Shipped));
                return;
            }
        }

        Assert.Fail("docs/calendars.md is missing");
    }

    private static MarketCalendars Loaded(string yaml, MarketCalendars? basis = null)
    {
        var load = MarketCalendarLoader.Load(yaml, "t.yaml", basis);
        load.Errors.ShouldBeEmpty();
        return load.Calendars!;
    }
}
