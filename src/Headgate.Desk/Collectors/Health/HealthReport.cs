namespace Headgate.Desk.Collectors.Health;

/// <summary>Health of the upstreams and of the machine.</summary>
/// <param name="Score">Over all APIs and the window, 0 to 1: 1 without a call, null while nothing is known.</param>
/// <param name="Window">The window.</param>
/// <param name="Apis">Every API asked since the start, in order of name.</param>
/// <param name="Host">The machine.</param>
public sealed record HealthReport(decimal? Score, TimeSpan Window, IReadOnlyList<ApiHealth> Apis, HostLoad Host)
{
    /// <summary>What is told where no health is looked at: nothing, and that is said.</summary>
    public static HealthReport Unknown { get; } = new(null, TimeSpan.Zero, [], new HostLoad(null, null, null));
}
