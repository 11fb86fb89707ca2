using Headgate.Catalogue;
using Headgate.Cli.Twins;
using Headgate.Upstreams.Hosting;

namespace Headgate.Cli.Serving;

/// <summary>The upstreams this process emulates: hosted on sockets, with the gate's addresses and secrets laid over by theirs.</summary>
internal sealed class EmulatedUpstreams : ISecretSource, IAsyncDisposable
{
    private readonly TwinHosts _hosts = new();
    private readonly Dictionary<string, TwinHost> _byProvider = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);

    private EmulatedUpstreams()
    {
    }

    /// <summary>The catalogue's names of them.</summary>
    public IReadOnlyCollection<string> Providers => _byProvider.Keys;

    /// <summary>Hosts each on a free port; of two for the same provider the first.</summary>
    public static async Task<EmulatedUpstreams> StartAsync(IEnumerable<EmulatedUpstream> upstreams, CancellationToken cancellation)
    {
        var emulated = new EmulatedUpstreams();
        try
        {
            foreach (var upstream in upstreams.DistinctBy(static upstream => upstream.Provider, StringComparer.OrdinalIgnoreCase))
            {
                await emulated.AddAsync(upstream, cancellation);
            }

            return emulated;
        }
        catch
        {
            await emulated.DisposeAsync();
            throw;
        }
    }

    /// <summary>Null where the real one is asked.</summary>
    public TwinHost? HostOf(string provider) => _byProvider.GetValueOrDefault(provider);

    /// <summary>The catalogue with their addresses; paths before every target stay as they were defined.</summary>
    public CatalogueModel Over(CatalogueModel catalogue) => _byProvider.Aggregate(
        catalogue, static (all, host) => all.WithBaseUrl(host.Key, new Uri(host.Value.Address, all.Find(host.Key)?.BaseUrl.AbsolutePath ?? "/")));

    string? ISecretSource.Find(string name) => _secrets.GetValueOrDefault(name);

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    private async Task AddAsync(EmulatedUpstream upstream, CancellationToken cancellation)
    {
        var host = await TwinHost.StartAsync(upstream.Make(), upstream.Clock, cancellation: cancellation);
        _hosts.Add(host);
        _byProvider[upstream.Provider] = host;
        foreach (var (name, secret) in upstream.Secrets)
        {
            _secrets[name] = secret;
        }
    }
}
