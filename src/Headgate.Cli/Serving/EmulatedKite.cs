using Headgate.Catalogue;
using Headgate.Cli.Twins;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Kite;

namespace Headgate.Cli.Serving;

/// <summary>
/// Kite Connect emulated in this process, behind a real socket all the same, with its demo credential brought by the gate for callers that
/// have none.
/// </summary>
internal sealed class EmulatedKite : ISecretSource, IAsyncDisposable
{
    /// <summary>The catalogue's name of it.</summary>
    public const string Provider = "kite";

    // As the shipped definition names what it brings for callers without a credential: api key and access token.
    private const string SecretName = "KITE_AUTHORIZATION";
    private const string Scheme = "token ";

    private readonly TwinHost _host;

    private EmulatedKite(TwinHost host) => _host = host;

    public Uri Address => _host.Address;

    /// <summary>Calls that broke a limit, as the twin counted them.</summary>
    public long Violations => _host.Twin.Counters.Violations;

    /// <summary>Calls that arrived, as the twin counted them.</summary>
    public long Arrivals => _host.Twin.Counters.Arrivals;

    public static async Task<EmulatedKite> StartAsync(Market market, CancellationToken cancellation) =>
        new(await TwinHost.StartAsync(new KiteTwin(new KiteOptions(market.Tape)), market.Clock, cancellation: cancellation));

    public string? Find(string name) => string.Equals(name, SecretName, StringComparison.Ordinal) ? KiteTwin.DemoCredential[Scheme.Length..] : null;

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
