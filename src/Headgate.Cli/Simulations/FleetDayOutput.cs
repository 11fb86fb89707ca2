using System.Globalization;
using System.Text.Json;
using Headgate.Cli.Output;
using Headgate.Simulation;
using Headgate.Strategies.Cli;
using Spectre.Console;

namespace Headgate.Cli.Simulations;

/// <summary>Writes what a fleet's days came to.</summary>
internal static class FleetDayOutput
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>One day as it is; several with their sums and each day.</summary>
    public static JsonElement ToJson(IReadOnlyList<FleetDayReport> days) =>
        days is [var only] ? JsonSerializer.SerializeToElement(only, Web) : JsonSerializer.SerializeToElement(FleetDaysReport.Of(days), Web);

    public static void Print(IReadOnlyList<FleetDayReport> days, string? claim, TextWriter output)
    {
        foreach (var day in days)
        {
            Print(day, claim, output);
        }

        if (days.Count > 1)
        {
            PrintSums(days, output);
        }
    }

    private static void Print(FleetDayReport day, string? claim, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{day.Scenario}, {day.Day:yyyy-MM-dd}: {day.Gate.Asks} asks in {day.SimulatedHours:0.##} h, seed {day.Seed}; lived three times in {day.Seconds} s"));
        if (day.Synthetic.Count > 0)
        {
            output.WriteLine($"made up from the seed: {string.Join(", ", day.Synthetic)}");
        }

        var console = Tables.On(output);
        console.Write(Calls(day));
        console.Write(Services(day));
        console.Write(Alerts(day));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"lower bound {day.LowerBound} calls{(day.LowerBoundExact ? "" : " (the minimum may lie higher)")}, made ÷ bound {day.Ratio:0.###}; saved {day.Saved} calls"));
        if (day.LowerBoundKinds is { Unkept: > 0 } or { Writes: > 0 })
        {
            output.WriteLine($"of these, made and bound: reads {day.Gate.Kinds.Reads} and {day.LowerBoundKinds.Reads}, look-ups never kept {day.Gate.Kinds.Unkept} and {day.LowerBoundKinds.Unkept}, "
                + $"orders and other writes {day.Gate.Kinds.Writes} and {day.LowerBoundKinds.Writes}");
        }

        if (claim is not null)
        {
            output.WriteLine(claim);
        }
    }

    private static TextTable Calls(FleetDayReport day)
    {
        var (ideal, direct, gate) = (day.Ideal, day.Direct, day.Gate);
        var table = Tables.New("", "ideal", "direct", "gate");
        Tables.AddRow(table, "calls (messages apart)", ideal.Calls, direct.Calls, gate.Calls);
        foreach (var endpoint in direct.CallsByEndpoint.Keys.Union(gate.CallsByEndpoint.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Tables.AddRow(table, $"  {endpoint}", ideal.CallsByEndpoint.GetValueOrDefault(endpoint), direct.CallsByEndpoint.GetValueOrDefault(endpoint), gate.CallsByEndpoint.GetValueOrDefault(endpoint));
        }

        foreach (var hour in direct.CallsByHour.Keys.Union(gate.CallsByHour.Keys).Order())
        {
            Tables.AddRow(table, string.Create(CultureInfo.InvariantCulture, $"  from {hour:00}:00"), ideal.CallsByHour.GetValueOrDefault(hour), direct.CallsByHour.GetValueOrDefault(hour), gate.CallsByHour.GetValueOrDefault(hour));
        }

        Tables.AddRow(table, "limits broken", ideal.Violations, direct.Violations, gate.Violations);
        Tables.AddRow(table, "answered stale, saying so", null, null, gate.StaleServed);
        Tables.AddRow(table, "refused by the gate", null, null, gate.Refused);
        Tables.AddRow(table, "upstream's errors passed on", null, null, gate.Failed);
        Tables.AddRow(table, "items from fresh entries", null, null, Share(gate.HitRate));
        Tables.AddRow(table, "items joined to others' calls", null, null, Share(gate.JoinedRate));
        Tables.AddRow(table, "bars from the store", null, null, $"{Share(gate.Bars.Stored)} of {gate.Bars.Asked}");
        Tables.AddRow(table, "age, 50/90/99 %/max (s)", null, null, Spread(gate.Age));
        Tables.AddRow(table, "wait, 50/90/99 %/max (s)", null, null, Spread(gate.Wait));
        return table;
    }

    private static TextTable Services(FleetDayReport day)
    {
        var table = Tables.New("service", "calls before", "calls after", "alerts", "bars from the store");
        foreach (var service in day.Direct.CallsByService.Keys.Union(day.Gate.CallsByService.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var bars = day.Gate.BarsByService.GetValueOrDefault(service);
            Tables.AddRow(
                table, service, day.Direct.CallsByService.GetValueOrDefault(service), day.Gate.CallsByService.GetValueOrDefault(service), day.Alerts.ByService.GetValueOrDefault(service), bars is null ? null : Share(bars.Stored));
        }

        return table;
    }

    private static TextTable Alerts(FleetDayReport day)
    {
        var alerts = day.Alerts;
        var table = Tables.New("decisions", "ideal", "direct", "gate");
        Tables.AddRow(table, "found", alerts.Ideal, alerts.Direct, alerts.Gate);
        Tables.AddRow(table, "missing", 0, alerts.DirectMissing, alerts.Missing);
        Tables.AddRow(table, "extra", 0, alerts.DirectExtra, alerts.Extra);
        Tables.AddRow(table, "later than ideal, 50/95 %/max (s)", null, null, string.Create(CultureInfo.InvariantCulture, $"{alerts.Lag.P50:0.###} / {alerts.Lag.P95:0.###} / {alerts.Lag.Max:0.###}"));
        foreach (var item in alerts.MissingItems.Take(10))
        {
            Tables.AddRow(table, $"  missing: {item}", null, null, null);
        }

        foreach (var item in alerts.ExtraItems.Take(10))
        {
            Tables.AddRow(table, $"  extra: {item}", null, null, null);
        }

        return table;
    }

    private static void PrintSums(IReadOnlyList<FleetDayReport> days, TextWriter output)
    {
        var table = Tables.New("day", "direct", "broken", "gate", "quotes", "history", "broken", "bound", "made ÷ bound", "bars stored", "alerts", "missing", "extra", "direct missed", "lag p95 / max (s)");
        foreach (var day in days)
        {
            Tables.AddRow(
                table, day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Direct.Calls, day.Direct.Violations, day.Gate.Calls, day.Gate.QuoteCalls, day.Gate.HistoryCalls, day.Gate.Violations,
                day.LowerBound, day.Ratio, Share(day.Gate.Bars.Stored), day.Alerts.Gate, day.Alerts.Missing, day.Alerts.Extra, day.Alerts.DirectMissing,
                string.Create(CultureInfo.InvariantCulture, $"{day.Alerts.Lag.P95:0.###} / {day.Alerts.Lag.Max:0.###}"));
        }

        var sum = FleetDaysReport.Of(days);
        Tables.AddRow(
            table, "all", sum.Direct.Calls, sum.Direct.Violations, sum.Gate.Calls, sum.Gate.QuoteCalls, sum.Gate.HistoryCalls, sum.Gate.Violations, sum.LowerBound, sum.Ratio, null,
            sum.Alerts.Gate, sum.Alerts.Missing, sum.Alerts.Extra, sum.Alerts.DirectMissing, string.Create(CultureInfo.InvariantCulture, $"{sum.Alerts.LagP95:0.###} / {sum.Alerts.LagMax:0.###}"));
        Tables.On(output).Write(table);
    }

    private static string Share(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    private static string Spread(Percentiles spread) => string.Create(CultureInfo.InvariantCulture, $"{spread.P50:0.###} / {spread.P90:0.###} / {spread.P99:0.###} / {spread.Max:0.###}");
}
