using Headgate.Strategies.Store;

namespace Headgate.Strategies.Tests.Strategies;

/// <summary>The made-up market of specification §5.</summary>
internal static class WorkedExample
{
    public static MemorySeries Market(bool secondRowOnly = false)
    {
        var market = new MemorySeries();
        foreach (var (day, close) in new[]
        {
            ("01-02", 21665m), ("01-03", 21520m), ("01-04", 21660m), ("01-05", 21710m), ("01-08", 21510m), ("01-09", 21545m), ("01-10", 21620m),
            ("01-11", 21645m), ("01-12", 21895m), ("01-15", 22100m), ("01-16", 22030m), ("01-17", 21570m), ("01-18", 21460m),
        })
        {
            market.Spot(Day(day), close);
        }

        foreach (var (day, close) in new[]
        {
            ("01-04", 21730m), ("01-09", 21620m), ("01-10", 21690m), ("01-11", 21700m), ("01-12", 21940m), ("01-16", 22060m), ("01-17", 21600m), ("01-18", 21500m),
        })
        {
            market.Future(Day(day), Day("01-25"), close);
        }

        foreach (var (day, close) in new[] { ("01-04", 21850m), ("01-09", 21720m), ("01-10", 21790m), ("01-11", 21815m) })
        {
            market.Future(Day(day), Day("02-29"), close);
        }

        Calls(market, "01-11", 21700, ("01-04", 120.00m), ("01-09", 35.00m), ("01-10", 48.00m), ("01-11", 0.05m));
        Calls(market, "01-18", 21600, ("01-11", 180.00m), ("01-18", 0.05m));
        Calls(market, "01-18", 21900, ("01-11", 70.00m), ("01-12", 145.00m));
        Calls(market, "01-18", 22100, ("01-12", 60.00m), ("01-17", 2.50m));
        Calls(market, "01-18", 21800, ("01-17", 6.00m), ("01-18", 0.05m));
        Calls(market, "01-18", 21700, ("01-10", 118.00m), ("01-17", 8.00m));
        Calls(market, "01-18", 21500, ("01-09", 210.00m), ("01-16", 535.00m));
        // T-1's target strike exists but was not traded on the entry day.
        market.Option(Day("01-10"), OptionRight.Call, Day("01-18"), 21600, 150m, turnover: 0);
        market.Ranges.Add(new DateRange(Day("01-04"), Day("01-31")));
        if (!secondRowOnly)
        {
            market.Weekly.Add(new ExpiryRow(Day("01-04"), Day("01-11"), Day("01-18")));
        }

        market.Weekly.Add(new ExpiryRow(Day("01-11"), Day("01-18"), null));
        market.Monthly.AddRange([new(null, Day("01-25"), Day("02-29")), new(Day("01-25"), Day("02-29"), Day("03-28")), new(Day("02-29"), Day("03-28"), null)]);
        return market;
    }

    public static DateOnly Day(string monthDay) => MemorySeries.Day(monthDay);

    private static void Calls(MemorySeries market, string expiry, decimal strike, params (string Day, decimal Close)[] closes)
    {
        foreach (var (day, close) in closes)
        {
            market.Option(Day(day), OptionRight.Call, Day(expiry), strike, close);
        }
    }
}
