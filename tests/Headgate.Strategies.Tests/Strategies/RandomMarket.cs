using Headgate.Strategies.Store;

namespace Headgate.Strategies.Tests.Strategies;

/// <summary>A made-up half year with holidays, moved expiries, gaps between base ranges, missing files, strikes and turnovers; replays from its seed.</summary>
internal static class RandomMarket
{
    public static MemorySeries Create(int seed)
    {
        var random = new Random(seed);
        var market = new MemorySeries { Version = $"seed-{seed}" };
        var days = Enumerable.Range(0, 180).Select(i => new DateOnly(2024, 1, 1).AddDays(i))
            .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && random.Next(15) != 0).ToList();
        var spot = 21_000m;
        foreach (var day in days)
        {
            spot = Math.Max(1000, spot + (random.Next(-8000, 8001) * 0.05m));
            market.Spot(day, spot);
        }

        var thursdays = Enumerable.Range(0, 27).Select(i => new DateOnly(2024, 1, 4).AddDays(7 * i)).ToList();
        for (var i = 1; i < thursdays.Count; i++)
        {
            market.Weekly.Add(new ExpiryRow(thursdays[i - 1], thursdays[i], i + 1 < thursdays.Count ? thursdays[i + 1] : null));
        }

        var months = thursdays.GroupBy(t => t.Month).Select(g => g.Max()).ToList();
        market.Monthly.AddRange(months.Select((m, i) => new ExpiryRow(i > 0 ? months[i - 1] : null, m, i + 1 < months.Count ? months[i + 1] : null)));
        AddRanges(market, random, days);
        AddSheets(market, random, days, thursdays, months);
        return market;
    }

    private static void AddRanges(MemorySeries market, Random random, List<DateOnly> days)
    {
        var at = random.Next(10);
        while (at < days.Count - 3)
        {
            var end = Math.Min(days.Count - 1, at + random.Next(0, 45));
            // Ends and starts also fall on days without trading.
            market.Ranges.Add(new DateRange(days[at].AddDays(-random.Next(3) / 2), days[end].AddDays(random.Next(3) / 2)));
            at = end + 1 + random.Next(0, 4) * random.Next(0, 4);
        }
    }

    private static void AddSheets(MemorySeries market, Random random, List<DateOnly> days, List<DateOnly> thursdays, List<DateOnly> months)
    {
        foreach (var (day, close) in market.SpotDays.Select(s => (s.Date, s.Close)))
        {
            if (random.Next(60) == 0)
            {
                continue;
            }

            foreach (var expiry in thursdays.Where(t => t >= day && t <= day.AddDays(15)))
            {
                // The file names a holiday's expiry a day earlier or later, and sometimes both labels occur.
                var labels = days.Contains(expiry) ? [expiry] : random.Next(4) == 0 ? new[] { expiry, expiry.AddDays(-1) } : [expiry.AddDays(expiry.DayNumber % 2 == 0 ? -1 : 1)];
                foreach (var label in labels.Where(l => l >= day))
                {
                    for (var strike = decimal.Floor(close / 100) * 100 - 700; strike <= close + 800; strike += 50)
                    {
                        if (random.Next(12) != 0)
                        {
                            market.Option(day, OptionRight.Call, label, strike, Price(random, 300), random.Next(5) == 0 ? 0 : random.Next(1, 1_000_000));
                        }
                    }
                }
            }

            foreach (var month in months.Where(m => m >= day).Take(3).Where(_ => random.Next(40) != 0))
            {
                // A moved label stays in its month.
                market.Future(day, month > day && month.Day > 26 && random.Next(10) == 0 ? month.AddDays(-1) : month, close + Price(random, 200));
            }
        }
    }

    private static decimal Price(Random random, int max) => random.Next(1, max * 20) * 0.05m;
}
