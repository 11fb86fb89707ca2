using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Upstreams.Hosting;

/// <summary>A twin on a real socket: targets and header values arrive byte for byte, faults happen for real.</summary>
/// <threadsafety>Safe.</threadsafety>
public sealed class TwinHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new(); // never disposed: deliveries may still read its token; it holds no timer
    private readonly TimeProvider _clock;
    private readonly TwinHostOptions _options;

    private TwinHost(WebApplication app, ITwin twin, TimeProvider clock, TwinHostOptions options)
    {
        _app = app;
        Twin = twin;
        _clock = clock;
        _options = options;
    }

    public ITwin Twin { get; }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Begins to listen.</summary>
    /// <param name="twin">What answers.</param>
    /// <param name="clock">The upstream's clock; delays of faults run on its timers.</param>
    /// <param name="options">Where to listen; null is a free loopback port.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<TwinHost> StartAsync(ITwin twin, TimeProvider clock, TwinHostOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new TwinHostOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<KestrelServerOptions>(kestrel => Configure(kestrel, options));
        var app = builder.Build();
        var host = new TwinHost(app, twin, clock, options);
        app.Run(host.ServeAsync);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        var bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        host.Address = new Uri(bound);
        return host;
    }

    /// <summary>Stops listening and drops what is still being answered; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync(); // frees hanging requests, so that stopping does not wait for them
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, TwinHostOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;

        // The twin itself refuses what its provider refuses; the server underneath must not do it first.
        kestrel.Limits.MaxRequestLineSize = 128 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
        kestrel.Limits.MaxRequestBufferSize = 256 * 1024;
        kestrel.Limits.MaxRequestBodySize = options.RequestBytesMax;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(options.Address, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (options.Certificate is { } certificate)
            {
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
            }
        });
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = await ReadAsync(context);
        if (_options.Control && TwinControl.IsControl(request.RawTarget))
        {
            await TwinDelivery.SendAsync(context, TwinControl.Handle(Twin, request), _clock, _stopping.Token);
            return;
        }

        var reply = Twin.Handle(request, _clock.GetUtcNow());
        await TwinDelivery.SendAsync(context, reply, _clock, _stopping.Token);
    }

    private static async Task<TwinRequest> ReadAsync(HttpContext context)
    {
        var headers = new List<TwinHeader>(context.Request.Headers.Count);
        foreach (var (name, values) in context.Request.Headers)
        {
            foreach (var value in values)
            {
                headers.Add(new(name, value ?? ""));
            }
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var remote = (context.Connection.RemoteIpAddress ?? IPAddress.None).ToString();
        return new TwinRequest(context.Request.Method, target, headers, body.ToArray(), remote);
    }
}
