using Headgate.Catalogue;
using Headgate.Upstreams;

namespace Headgate.Cli.Twins;

/// <summary>An upstream that is emulated in this process, behind a real socket all the same.</summary>
/// <param name="Provider">The catalogue's name of it.</param>
/// <param name="Make">Makes it; not called where another system brought it already.</param>
/// <param name="Clock">What its clock shows.</param>
internal sealed record EmulatedUpstream(string Provider, Func<ITwin> Make, TimeProvider Clock)
{
    /// <summary>Its definition, where the shipped catalogue has none.</summary>
    public CatalogueFile? Definition { get; init; }

    /// <summary>Credentials it takes, by the names of the secrets the gate brings: these go before the user's, which must never be shown to it.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
