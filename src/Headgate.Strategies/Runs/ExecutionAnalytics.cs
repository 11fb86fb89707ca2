using System.Text.Json;
using Headgate.Strategies.Analytics;

namespace Headgate.Strategies.Runs;

/// <summary>Analytics of a stored execution.</summary>
public static class ExecutionAnalytics
{
    /// <param name="all">False keeps the research scripts' cut (option expiry after 2019-02-01); true takes every trade.</param>
    public static AnalyticsReport Of(RunOutput output, bool all = false)
    {
        using var metadata = JsonDocument.Parse(output.MetadataJson);
        var legs = metadata.RootElement.GetProperty("legs").Deserialize<List<StrategyLeg>>(PlatformJson.Options) ?? [];
        return TradeAnalytics.Of(ResultJson.Table(output.DataJson), legs, all ? null : TradeAnalytics.DefaultAfter);
    }
}
