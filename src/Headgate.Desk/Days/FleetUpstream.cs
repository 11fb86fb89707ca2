using Headgate.Upstreams;

namespace Headgate.Desk.Days;

/// <summary>An upstream of a simulated day.</summary>
/// <param name="Twin">The emulated upstream; its name is the provider's.</param>
public sealed record FleetUpstream(ITwin Twin)
{
    /// <summary>What a client of its own would send with every request, credentials included.</summary>
    public IReadOnlyList<TwinHeader> Headers { get; init; } = [];

    /// <summary>What the provider's address has before every target, as <c>/api/v1</c>: clients of their own add it, the gate knows it from its catalogue.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>Secrets the gate injects, by their names in the catalogue.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>False for what only carries messages: its calls are reported apart and do not count in ratios.</summary>
    public bool IsMarketData { get; init; } = true;
}
