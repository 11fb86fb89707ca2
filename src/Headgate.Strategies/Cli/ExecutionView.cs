using System.Globalization;
using System.Text.Json;
using Headgate.Strategies.Analytics;
using Headgate.Strategies.Runs;
using Spectre.Console;

namespace Headgate.Strategies.Cli;

/// <summary>Shows one execution in the terminal.</summary>
internal static class ExecutionView
{
    private const int ChartWidth = 76;
    private const int ChartHeight = 8;

    public static async Task<int> ShowAsync(PlatformConnection platform, CliContext context, long id, int rows, bool json, CancellationToken cancellation)
    {
        var execution = await platform.GetAsync($"/api/v1/executions/{id}", cancellation);
        if (json)
        {
            context.Output.WriteJson(execution);
            return ExitCode.Success;
        }

        context.Output.WriteLine($"Execution {id}: {Tables.Cell(execution, "status")}, {Tables.Cell(execution, "row_count")} trades");
        var metadata = execution.GetProperty("metadata");
        if (metadata.TryGetProperty("error", out var error))
        {
            throw new CliException(ExitCode.Failed, error.ToString());
        }

        if (Tables.Cell(execution, "row_count") == "0")
        {
            context.Output.WriteLine($"{Tables.Cell(metadata, "message")}; {Tables.Cell(metadata, "log_entries")} intervals skipped");
            return ExitCode.Success;
        }

        var analytics = (await platform.GetAsync($"/api/v1/executions/{id}/analytics", cancellation)).Deserialize<AnalyticsReport>(PlatformJson.Options)!;
        Trades(context.Output, execution.GetProperty("data"), rows);
        Charts(context.Output, analytics);
        context.Output.Write(Summary(analytics.Summary));
        context.Output.Write(Pivot(analytics));
        Skipped(context.Output, metadata);
        return ExitCode.Success;
    }

    private static void Trades(IAnsiConsole console, JsonElement data, int rows)
    {
        // What fits a terminal; --json and export have every column.
        string[] always = ["Entry Date", "Exit Date", "Entry Spot", "Exit Spot", "Net P&L", "Net Amount"];
        var columns = data[0].EnumerateObject().Select(p => p.Name)
            .Where(n => always.Contains(n, StringComparer.Ordinal) || n.EndsWith(" Strike", StringComparison.Ordinal) || n.EndsWith(" P&L", StringComparison.Ordinal))
            .Select(n => (n, n)).ToArray();
        console.Write(Tables.Of(data.EnumerateArray().TakeLast(Math.Max(1, rows)), columns));
    }

    private static void Charts(IAnsiConsole console, AnalyticsReport report)
    {
        if (report.Rows.Count == 0)
        {
            return;
        }

        console.WriteLine($"Equity (points), {report.Rows[0].EntryDate} to {report.Rows[^1].ExitDate}");
        console.Write(new Text(LineChart.Draw([.. report.Rows.Select(r => r.Cumulative)], ChartWidth, ChartHeight)));
        console.WriteLine("Drawdown (%)");
        console.Write(new Text(LineChart.Draw([.. report.Rows.Select(r => r.DrawdownPct)], ChartWidth, ChartHeight / 2)));
    }

    private static TextTable Summary(AnalyticsSummary s)
    {
        var table = new TextTable(["Count", "Sum", "Avg", "W%", "Avg(W)", "L%", "Avg(L)", "Expectancy", "CAGR %", "DD %", "DD points", "CAR/MDD"], "none");
        table.Add(
        [
            s.Count.ToString(CultureInfo.InvariantCulture), Number(s.Sum), Number(s.Average), Number(s.WinPct), Number(s.AverageWin), Number(s.LossPct), Number(s.AverageLoss),
            Number(s.Expectancy), Number(s.CagrOptions), Number(s.DrawdownPct), Number(s.DrawdownPoints), Number(s.CarToMdd),
        ]);
        return table;
    }

    private static TextTable Pivot(AnalyticsReport report)
    {
        var table = new TextTable(["Year", .. CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[..12], "Total"], "none");
        foreach (var year in report.Pivot)
        {
            table.Add([year.Year.ToString(CultureInfo.InvariantCulture), .. year.Months.Select(Number), Number(year.Total)]);
        }

        table.Add(["Total", .. report.MonthTotals.Select(Number), Number(report.Total)]);
        return table;
    }

    private static void Skipped(IAnsiConsole console, JsonElement metadata)
    {
        if (!metadata.TryGetProperty("log", out var log) || log.GetArrayLength() == 0)
        {
            return;
        }

        console.WriteLine($"{log.GetArrayLength()} intervals skipped:");
        foreach (var reason in log.EnumerateArray().GroupBy(l => Tables.Cell(l, "Reason"), StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(10))
        {
            console.WriteLine($"  {reason.Count(),4} × {reason.Key}");
        }
    }

    private static string Number(decimal? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
