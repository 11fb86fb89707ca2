using System.Text.Json;
using Headgate.Strategies.Store;

namespace Headgate.Strategies.Tests;

/// <summary>Runs a strategy straight on a source.</summary>
internal static class StrategyRuns
{
    public static ParameterValues Check(IStrategy strategy, object? parameters = null)
    {
        var (values, error) = ParameterValidator.Check(strategy, Given(parameters));
        error.ShouldBeNull();
        return values!;
    }

    public static Dictionary<string, JsonElement> Given(object? parameters) =>
        JsonSerializer.SerializeToElement(parameters ?? new { }).EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);

    public static async Task<StrategyResult> RunAsync(this IStrategy strategy, IDailySeriesSource data, object? parameters = null)
    {
        var result = await strategy.RunAsync(new StrategyContext(Check(strategy, parameters), data), CancellationToken.None);
        result.Error.ShouldBeNull();
        return result;
    }

    public static List<T> Column<T>(this StrategyResult result, string name)
    {
        var index = result.Table.Columns.ToList().IndexOf(name);
        index.ShouldBeGreaterThanOrEqualTo(0, name);
        return [.. result.Table.Rows.Select(r => (T)r[index]!)];
    }
}
