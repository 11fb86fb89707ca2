using System.Globalization;
using System.Text;

namespace Headgate.Strategies.Store.Import;

/// <summary>
/// Writes SYNTHETIC market data so that strategies can be tried without any data of one's own. Prices follow a seeded random walk and a rough option
/// formula; they are no market's and prove nothing about a strategy. Every file name says so.
/// </summary>
public static class DemoData
{
    /// <summary>All generated file names begin with it.</summary>
    public const string Label = "SYNTHETIC";

    private const int ExpiriesListed = 4;
    private const decimal StrikeStep = 100;

    /// <summary>Writes one folder of bhavcopy files (the older layout), a spot series and base ranges.</summary>
    /// <param name="folder">Created when absent.</param>
    /// <param name="days">Trading days, 30 to 2000.</param>
    /// <param name="seed">The same seed writes the same files.</param>
    public static void Write(string folder, int days = 250, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 30);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 2000);
        var bhavcopy = Directory.CreateDirectory(Path.Combine(folder, "bhavcopy")).FullName;
        var random = new Random(seed);
        var calendar = Calendar(days);
        var spot = new StringBuilder("Ticker,Date,Close\n");
        var close = 22_000m;
        foreach (var day in calendar)
        {
            close = Math.Max(1000, Math.Round(close * (1 + ((decimal)(random.NextDouble() + random.NextDouble() - 0.98) / 60)) * 20) / 20);
            spot.Append(CultureInfo.InvariantCulture, $"NIFTY,{Iso.Text(day)},{close:0.00}\n");
            File.WriteAllText(Path.Combine(bhavcopy, $"{Label}_fo{day:yyyyMMdd}bhav.csv"), Sheet(day, close, random));
        }

        File.WriteAllText(Path.Combine(folder, $"{Label}_spot.csv"), spot.ToString());
        File.WriteAllText(Path.Combine(folder, $"{Label}_ranges.csv"), $"Start,End\n{Iso.Text(calendar[0])},{Iso.Text(calendar[^1])}\n");
    }

    private static List<DateOnly> Calendar(int days) =>
    [
        .. Enumerable.Range(0, days * 2).Select(i => new DateOnly(2024, 1, 1).AddDays(i)).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Take(days),
    ];

    private static string Sheet(DateOnly day, decimal spot, Random random)
    {
        var text = new StringBuilder("INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,OPEN,HIGH,LOW,CLOSE,SETTLE_PR,CONTRACTS,VAL_INLAKH,OPEN_INT,CHG_IN_OI,TIMESTAMP\n");
        for (var month = 0; month < 3; month++)
        {
            var expiry = MonthlyExpiry(day, month);
            var years = (expiry.DayNumber - day.DayNumber) / 365.25m;
            Row(text, day, "FUTIDX", expiry, 0, "XX", spot * (1 + (0.065m * years)), 5000);
        }

        var thursday = day.AddDays(((int)DayOfWeek.Thursday - (int)day.DayOfWeek + 7) % 7);
        for (var week = 0; week < ExpiriesListed; week++)
        {
            var expiry = thursday.AddDays(7 * week);
            var years = (expiry.DayNumber - day.DayNumber) / 365.25;
            for (var strike = (Math.Floor(spot / StrikeStep) - 15) * StrikeStep; strike <= spot + (15 * StrikeStep); strike += StrikeStep)
            {
                var traded = random.Next(20) == 0 ? 0 : random.Next(1, 5000);
                Row(text, day, "OPTIDX", expiry, strike, "CE", Option(spot, strike, years, 1), traded);
                Row(text, day, "OPTIDX", expiry, strike, "PE", Option(spot, strike, years, -1), traded);
            }
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, DateOnly day, string instrument, DateOnly expiry, decimal strike, string right, decimal price, int traded)
    {
        var close = Math.Max(0.05m, Math.Round(price * 20) / 20);
        text.Append(CultureInfo.InvariantCulture,
            $"{instrument},NIFTY,{expiry:dd-MMM-yyyy},{strike:0},{right},{close:0.00},{close:0.00},{close:0.00},{close:0.00},{close:0.00},{traded},{traded * 12.5m:0.00},{traded * 50},0,{day:dd-MMM-yyyy}\n");
    }

    // Intrinsic value plus a bell of time value with 15 % volatility: the shape of an option price, not a model's price.
    private static decimal Option(decimal spot, decimal strike, double years, int sign)
    {
        var intrinsic = Math.Max(0, sign * (spot - strike));
        var width = (double)spot * 0.15 * Math.Sqrt(Math.Max(years, 0));
        var distance = width == 0 ? 0 : (double)(spot - strike) / width;
        return intrinsic + (decimal)(0.4 * width * Math.Exp(-distance * distance / 1.5));
    }

    private static DateOnly MonthlyExpiry(DateOnly day, int monthsAhead)
    {
        var first = new DateOnly(day.Year, day.Month, 1).AddMonths(monthsAhead);
        var expiry = LastThursday(first);
        return LastThursday(new DateOnly(day.Year, day.Month, 1)) < day ? LastThursday(first.AddMonths(1)) : expiry;
    }

    private static DateOnly LastThursday(DateOnly firstOfMonth)
    {
        var last = firstOfMonth.AddMonths(1).AddDays(-1);
        return last.AddDays(-(((int)last.DayOfWeek - (int)DayOfWeek.Thursday + 7) % 7));
    }
}
