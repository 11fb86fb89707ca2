using Headgate.Simulation;

namespace Headgate.Cli.Simulations;

/// <summary>What <c>headgate plan</c> found.</summary>
/// <param name="Plans">The present definitions first, then each alternative.</param>
/// <param name="Recommended">The ttl asked for, or null.</param>
internal sealed record PlanResult(IReadOnlyList<PlanReport> Plans, PlanRecommendation? Recommended);

/// <param name="TtlSeconds">The ttl with the fewest calls.</param>
/// <param name="Plan">What it comes to.</param>
internal sealed record PlanRecommendation(decimal TtlSeconds, PlanReport Plan);
