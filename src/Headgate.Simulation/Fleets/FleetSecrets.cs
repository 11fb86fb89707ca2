using Headgate.Catalogue;
using Headgate.Desk.Days;

namespace Headgate.Simulation;

/// <summary>Secrets of a day's upstreams.</summary>
internal sealed class FleetSecrets(IReadOnlyList<FleetUpstream> upstreams) : ISecretSource
{
    public string? Find(string name)
    {
        foreach (var upstream in upstreams)
        {
            if (upstream.Secrets.TryGetValue(name, out var secret))
            {
                return secret;
            }
        }

        return null;
    }
}
