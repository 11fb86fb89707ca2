using Headgate.Strategies.Store;

namespace Headgate.Strategies;

/// <summary>What one run gets.</summary>
/// <param name="Progress">Told after each expiry row; may be called often.</param>
public sealed record StrategyContext(ParameterValues Parameters, IDailySeriesSource Data, IProgress<StrategyProgress>? Progress = null);
