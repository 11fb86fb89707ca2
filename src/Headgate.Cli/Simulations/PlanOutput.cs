using System.Text.Json;
using Headgate.Cli.Output;
using Headgate.Simulation;

namespace Headgate.Cli.Simulations;

/// <summary>Writes plans side by side.</summary>
internal static class PlanOutput
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static JsonElement ToJson(PlanResult result) => JsonSerializer.SerializeToElement(result, Web);

    public static void Print(PlanResult result, TextWriter output)
    {
        List<PlanReport> plans = [.. result.Plans];
        if (result.Recommended is { } recommended)
        {
            plans.Add(recommended.Plan);
        }

        var table = Tables.New(["", .. plans.Select(plan => plan.Name)]);
        void Row(string name, Func<PlanReport, object?> cell) => Tables.AddRow(table, [name, .. plans.Select(cell)]);
        Row("asks", plan => plan.Asks);
        Row("calls", plan => plan.Calls);
        foreach (var endpoint in plans.SelectMany(plan => plan.CallsByEndpoint.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Row($"  {endpoint}", plan => plan.CallsByEndpoint.GetValueOrDefault(endpoint));
        }

        Row("answered", plan => plan.Answered);
        Row("answered stale, saying so", plan => plan.StaleServed);
        Row("refused", plan => plan.Refused);
        Row("failed", plan => plan.Failed);
        Row("items from fresh entries", plan => $"{plan.HitRate * 100:0.##} %");
        Row("age, 50/90/99 %/max (s)", plan => Spread(plan.Age));
        Row("age of stale (s)", plan => Spread(plan.StaleAge));
        foreach (var provider in plans.SelectMany(plan => plan.Costs).Select(cost => cost.Provider).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Row($"{provider}: credits", plan => Cost(plan, provider)?.Credits);
            Row($"{provider}: these calls", plan => Cost(plan, provider) is { } cost ? $"{cost.Calls:0.####} {cost.Currency}" : null);
            Row($"{provider}: 30 such days with fee", plan => Cost(plan, provider) is { } cost ? $"{cost.Month:0.00} {cost.Currency}" : null);
        }

        Tables.On(output).Write(table);
        if (result.Recommended is { } best)
        {
            output.WriteLine($"recommended ttl {best.TtlSeconds:0.###} s: {best.Plan.Calls} calls");
        }
    }

    private static PlanCost? Cost(PlanReport plan, string provider) => plan.Costs.FirstOrDefault(cost => string.Equals(cost.Provider, provider, StringComparison.Ordinal));

    private static string Spread(Percentiles spread) => $"{spread.P50:0.###} / {spread.P90:0.###} / {spread.P99:0.###} / {spread.Max:0.###}";
}
