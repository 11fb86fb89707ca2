using System.Text.Json;
using Headgate.Cli.Output;
using Headgate.Simulation;
using Spectre.Console;

namespace Headgate.Cli.Simulations;

/// <summary>Writes what a simulated day came to.</summary>
internal static class DayOutput
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static JsonElement ToJson(DayReport report) => JsonSerializer.SerializeToElement(report, Web);

    public static void Print(DayReport report, TextWriter output)
    {
        var console = Tables.On(output);
        output.WriteLine($"{report.Scenario}: {report.Asks} asks of {report.Provider} in {report.SimulatedHours:0.##} h, seed {report.Seed}");
        var (direct, gate) = (report.Direct, report.Gate);
        var table = Tables.New("", "ideal", "direct", "gate");
        Tables.AddRow(table, "calls", report.Ideal.Calls, direct.Calls, gate.Calls);
        foreach (var endpoint in direct.CallsByEndpoint.Keys.Union(gate.CallsByEndpoint.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Tables.AddRow(table, $"  {report.Provider}.{endpoint}", null, direct.CallsByEndpoint.GetValueOrDefault(endpoint), gate.CallsByEndpoint.GetValueOrDefault(endpoint));
        }

        Tables.AddRow(table, "violations", 0, direct.Violations, gate.Violations);
        Tables.AddRow(table, "answered", report.Asks, direct.Answered, gate.Answered);
        Tables.AddRow(table, "answered stale, saying so", 0, null, gate.StaleServed);
        Tables.AddRow(table, "refused by the gate", 0, null, gate.Refused);
        Tables.AddRow(table, "upstream's errors passed on", 0, direct.Calls - direct.Answered, gate.Failed);
        Tables.AddRow(table, "items from fresh entries", null, null, Share(gate.HitRate));
        Tables.AddRow(table, "items joined to others' calls", null, null, Share(gate.JoinedRate));
        Tables.AddRow(table, "items stale", null, null, Share(gate.StaleRate));
        Tables.AddRow(table, "age, 50/90/99 %/max (s)", null, null, Spread(gate.Age));
        Tables.AddRow(table, "age of stale (s)", null, null, Spread(gate.StaleAge));
        Tables.AddRow(table, "wait (s)", null, null, Spread(gate.Wait));
        console.Write(table);
        output.WriteLine($"lower bound {report.LowerBound} calls{(report.LowerBoundExact ? "" : " (the minimum may lie higher)")}, made ÷ bound {report.Ratio:0.###}; saved {report.Saved} calls; "
            + $"{report.HoursPerSecond:0.##} simulated hours per second");
    }

    private static string Share(decimal share) => $"{share * 100:0.##} %";

    private static string Spread(Percentiles spread) => $"{spread.P50:0.###} / {spread.P90:0.###} / {spread.P99:0.###} / {spread.Max:0.###}";
}
