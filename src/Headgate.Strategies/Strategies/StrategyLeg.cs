namespace Headgate.Strategies;

/// <summary>How a leg's columns are named and read, for analytics: "{Name} EntryPrice" and so on.</summary>
/// <param name="Right">call, put or future.</param>
/// <param name="Side">buy or sell.</param>
public sealed record StrategyLeg(string Name, string Right, string Side);
