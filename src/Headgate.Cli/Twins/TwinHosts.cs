using Headgate.Upstreams.Hosting;

namespace Headgate.Cli.Twins;

/// <summary>Hosts that begin one after another and end together.</summary>
internal sealed class TwinHosts : IAsyncDisposable
{
    private readonly List<TwinHost> _hosts = [];

    public IReadOnlyList<TwinHost> All => _hosts;

    public void Add(TwinHost host) => _hosts.Add(host);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }
}
