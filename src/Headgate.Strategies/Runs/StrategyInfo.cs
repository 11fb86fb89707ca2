namespace Headgate.Strategies.Runs;

/// <summary>A strategy as the API describes it.</summary>
/// <param name="ParameterSchema">What forms ask for.</param>
/// <param name="SettingsSchema">Optional switches, accepted in the same parameters object.</param>
public sealed record StrategyInfo(
    string Name, string Description, string Version, IReadOnlyList<ParameterInfo> ParameterSchema, IReadOnlyList<ParameterInfo> SettingsSchema)
{
    public static StrategyInfo Of(IStrategy strategy) => new(
        strategy.Name, strategy.Description, strategy.Version, [.. strategy.Parameters.Select(ParameterInfo.Of)], [.. strategy.Settings.Select(ParameterInfo.Of)]);
}
