using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Headgate.EndToEnd.Tests.Gates;

/// <summary>An upstream that answers anything with a small JSON document and counts what arrived, in the test's own process.</summary>
internal sealed class CountingUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _arrivals = new();

    private CountingUpstream(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public int Arrivals => _arrivals.Count;

    /// <summary>Every target that arrived, in order.</summary>
    public IReadOnlyCollection<string> Targets => _arrivals;

    public static async Task<CountingUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var upstream = new CountingUpstream(app);
        app.Run(context =>
        {
            upstream._arrivals.Enqueue($"{context.Request.Path}{context.Request.QueryString}");
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""{"ok":true,"n":{{upstream.Arrivals}}}""");
        });
        await app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
