using System.Globalization;
using Headgate.Strategies.Windows;

namespace Headgate.Strategies.Analytics;

/// <summary>The summary's formulas; every division is guarded.</summary>
internal static class AnalyticsMath
{
    public static AnalyticsSummary Summary(IReadOnlyList<AnalyticsRow> rows)
    {
        if (rows.Count == 0)
        {
            return new AnalyticsSummary(0, 0, null, null, null, null, null, null, null, 0, 0, null, null, 0, null, null);
        }

        var sum = rows.Sum(r => r.NetPnl);
        var wins = rows.Where(r => r.NetPnl > 0).Select(r => r.NetPnl).ToList();
        var losses = rows.Where(r => r.NetPnl < 0).Select(r => r.NetPnl).ToList();
        var winPct = 100m * wins.Count / rows.Count;
        var lossPct = 100m * losses.Count / rows.Count;
        var start = rows[0].EntrySpot;
        var spotChange = rows[^1].ExitSpot - start;
        var years = Years(rows[0].EntryDate, rows[^1].ExitDate);
        var cagr = Cagr(start, start + sum, years);
        var worstPct = rows.Min(r => r.DrawdownPct);
        var worstPoints = rows.Min(r => r.Drawdown);
        decimal? expectancy = losses.Count == 0 || wins.Count == 0
            ? null
            : ((Math.Abs(wins.Average()) / Math.Abs(losses.Average()) * winPct) - lossPct) / 100;
        return new AnalyticsSummary(
            rows.Count, sum, Round(sum / rows.Count), Round(winPct), wins.Count == 0 ? null : Round(wins.Average()), Round(lossPct),
            losses.Count == 0 ? null : Round(losses.Average()), Round(expectancy), Round(cagr), worstPct, worstPoints, Ratio(cagr, Math.Abs(worstPct)),
            Ratio(sum, Math.Abs(worstPoints)), spotChange, Ratio(sum * 100, spotChange), Round(Cagr(start, rows[^1].ExitSpot, years)));
    }

    private static double Years(string first, string last) =>
        (DateOnly.Parse(last, CultureInfo.InvariantCulture).DayNumber - DateOnly.Parse(first, CultureInfo.InvariantCulture).DayNumber) / 365.25;

    // A statistic, so floating point; null when it has no meaning (no time passed, or the capital is gone).
    private static decimal? Cagr(decimal from, decimal to, double years)
    {
        if (years <= 0 || from <= 0 || to <= 0)
        {
            return null;
        }

        var rate = (Math.Pow((double)(to / from), 1 / years) - 1) * 100;
        return double.IsFinite(rate) && Math.Abs(rate) < 1e15 ? (decimal)rate : null;
    }

    private static decimal? Ratio(decimal? part, decimal whole) => part is null || whole == 0 ? null : Round(part / whole);

    private static decimal? Round(decimal? value) => value is { } number ? StrikeRule.Round2(number) : null;
}
