using Headgate.Gateway.Proxy;
using Headgate.Gateway.Upstream;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway;

/// <summary>Gives each request to the edge, and to the web framework what is for the gate's own pages.</summary>
internal sealed class EdgeApplication<TContext>(Edge edge, IHttpApplication<TContext> pages) : IHttpApplication<EdgeContext>
    where TContext : notnull
{
    public EdgeContext CreateContext(IFeatureCollection contextFeatures)
    {
        // A connection carries one request at a time: its context serves them all.
        var connection = contextFeatures as IHostContextContainer<EdgeContext>;
        var context = connection?.HostContext ?? new EdgeContext(contextFeatures);
        connection?.HostContext = context;
        context.Http.Initialize(contextFeatures);
        return context;
    }

    public Task ProcessRequestAsync(EdgeContext context) => edge.TryHandle(context.Http, context.Lane, out var answer) ? answer : PageAsync(context.Features);

    public void DisposeContext(EdgeContext context, Exception? exception) => context.Http.Uninitialize();

    private async Task PageAsync(IFeatureCollection features)
    {
        // Pages may take their time: not on a thread that serves sockets.
        if (PoolHop.IsNeeded)
        {
            await PoolHop.Run();
            PooledRequestBody.Set(features);
        }

        var context = pages.CreateContext(features);
        Exception? failure = null;
        try
        {
            await pages.ProcessRequestAsync(context);
        }
        catch (Exception error)
        {
            failure = error;
            throw;
        }
        finally
        {
            pages.DisposeContext(context, failure);
        }
    }
}
