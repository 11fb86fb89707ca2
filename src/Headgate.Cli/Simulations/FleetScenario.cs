using Headgate.Desk.Days;

namespace Headgate.Cli.Simulations;

/// <summary>A fleet's scenario.</summary>
/// <param name="Claim">What the replaced system said of itself, printed beside the figures; null for nothing.</param>
/// <param name="Days">Its days from tapes; without tapes a made-up one.</param>
internal sealed record FleetScenario(string? Claim, Func<IReadOnlyList<string>, IReadOnlyList<IFleetDay>> Days)
{
    /// <summary>Profiles of definitions its days are lived with, by provider name.</summary>
    public IReadOnlyDictionary<string, string> Profiles { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Moments, from the beginning of each day, at which the gate's process is killed and started anew.</summary>
    public IReadOnlyList<TimeSpan> Kills { get; init; } = [];
}
