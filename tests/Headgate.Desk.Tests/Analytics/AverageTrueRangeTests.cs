using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Atr;
using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Tests.Analytics;

public sealed class AverageTrueRangeTests
{
    // StockCharts ChartSchool, "Average True Range (ATR)", the worked table cs-atr.xls (QQQQ, 30 days): high, low, close.
    private static readonly (decimal High, decimal Low, decimal Close)[] Days =
    [
        (48.70m, 47.79m, 48.16m), (48.72m, 48.14m, 48.61m), (48.90m, 48.39m, 48.75m), (48.87m, 48.37m, 48.63m), (48.82m, 48.24m, 48.74m), (49.05m, 48.635m, 49.03m),
        (49.20m, 48.94m, 49.07m), (49.35m, 48.86m, 49.32m), (49.92m, 49.50m, 49.91m), (50.19m, 49.87m, 50.13m), (50.12m, 49.20m, 49.53m), (49.66m, 48.90m, 49.50m),
        (49.88m, 49.43m, 49.75m), (50.19m, 49.725m, 50.03m), (50.36m, 49.26m, 50.31m), (50.57m, 50.09m, 50.52m), (50.65m, 50.30m, 50.41m), (50.43m, 49.21m, 49.34m),
        (49.63m, 48.98m, 49.37m), (50.33m, 49.61m, 50.23m), (50.29m, 49.20m, 49.24m), (50.17m, 49.43m, 49.93m), (49.32m, 48.08m, 48.43m), (48.50m, 47.64m, 48.18m),
        (48.32m, 41.55m, 46.57m), (46.80m, 44.2833m, 45.41m), (47.80m, 47.31m, 47.77m), (48.39m, 47.20m, 47.72m), (48.66m, 47.90m, 48.62m), (48.79m, 47.7301m, 47.85m),
    ];

    // ATR(14) from the 14th day on.
    private static readonly decimal[] Published =
        [0.56m, 0.59m, 0.59m, 0.57m, 0.61m, 0.62m, 0.64m, 0.67m, 0.69m, 0.77m, 0.78m, 1.21m, 1.30m, 1.38m, 1.37m, 1.34m, 1.32m];

    [Fact]
    public void ATR_14_is_that_of_the_published_table()
    {
        // The table counts high − low as the first day's true range; a close inside that day's range before it says the same.
        List<KiteBar> bars = [Bar(0, (48.2m, 48.2m, 48.2m)), .. Days.Select((day, i) => Bar(i + 1, day))];
        for (var i = 0; i < Published.Length; i++)
        {
            AverageTrueRange.Of([.. bars.Take(15 + i)], 14)!.Value.ShouldBe(Published[i], 0.0151m);
        }
    }

    [Fact]
    public void A_full_ATR_30_takes_thirty_one_bars()
    {
        List<KiteBar> bars = [.. Days.Select((day, i) => Bar(i, day))];
        AverageTrueRange.Of(bars, 30).ShouldBeNull();
        AverageTrueRange.Of([.. bars, Bar(30, Days[0])], 30).ShouldNotBeNull();
    }

    [Fact]
    public void The_worked_example_gives_entry_520_stop_516_distance_1_and_risk_4()
    {
        var options = new AtrOptions();
        var signal = AtrSignal.Levels(open: 500, last: 521, atrShort: 8, atrLong: 9, options);
        signal.Entry.ShouldBe(520);
        signal.Stop.ShouldBe(516);
        signal.Distance.ShouldBe(1);
        signal.Risk.ShouldBe(4);
        Math.Round(signal.RiskPercent, 2).ShouldBe(0.77m);
        signal.DistancePercent.ShouldBe(0.2m);
        signal.IsBreakout(options).ShouldBeTrue();
        AtrSignal.Levels(500, 519.99m, 8, 9, options).IsBreakout(options).ShouldBeFalse();
        AtrSignal.Levels(500, 521, 8, 8, options).IsBreakout(options).ShouldBeFalse();
        AtrSignal.Levels(500, 521, 8, 8, options).IsBreakout(options with { FilterContraction = false }).ShouldBeTrue();
    }

    private static KiteBar Bar(int day, (decimal High, decimal Low, decimal Close) bar) =>
        new(new DateTimeOffset(2010, 4, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day), bar.Close, bar.High, bar.Low, bar.Close, 1);
}
