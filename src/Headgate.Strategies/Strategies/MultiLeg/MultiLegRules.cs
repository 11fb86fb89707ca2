namespace Headgate.Strategies.MultiLeg;

/// <summary>The switches of one run of a declarative strategy.</summary>
internal sealed record MultiLegRules(string Symbol, IReadOnlyList<Leg> Legs, decimal StrikeStep, bool HalfEven, bool BaseStartRule);
