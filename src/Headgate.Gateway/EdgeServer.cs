using Headgate.Gateway.Proxy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway;

/// <summary>
/// The web server with the edge in front of the web framework: what goes to an upstream never meets hosting, its diagnostics, middleware or routing. Only
/// the gate's own pages do.
/// </summary>
/// <remarks>Measured: hosting adds about a microsecond to a hit of nine (docs/performance.md).</remarks>
internal sealed class EdgeServer(IServer inner) : IServer
{
    /// <summary>Set before the start.</summary>
    public Edge? Edge { get; set; }

    public IFeatureCollection Features => inner.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull =>
        inner.StartAsync(new EdgeApplication<TContext>(Edge ?? throw new InvalidOperationException("The edge is set before the start."), application), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();
}
