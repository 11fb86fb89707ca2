using System.Net;
using System.Text;
using Headgate.Caching;
using Headgate.Gateway.Api;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Proxy;
using Headgate.Gateway.Security;
using Headgate.Gateway.Telemetry;
using Headgate.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway;

/// <summary>Composes the HTTP edge over an engine.</summary>
public static class GatewayHost
{
    // A gzip or deflate body that ends before its coding does would otherwise decode to what there is, and look complete.
    static GatewayHost() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", isEnabled: true);

    /// <summary>Builds the gate's web application; nothing listens until it is started.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="engine">A started engine; whoever started it disposes it after the application has stopped.</param>
    /// <param name="entries">The engine's entry store, whose write failures <c>/health/ready</c> reports; null reports none.</param>
    /// <param name="configure">Adds services (log providers, metric sources); may be null.</param>
    /// <param name="map">Adds endpoints of the gate's own, under reserved names; may be null.</param>
    /// <exception cref="GatewayStartException">An address beyond loopback without client tokens.</exception>
    /// <exception cref="FormatException">The token file cannot be read.</exception>
    public static Task<WebApplication> BuildAsync(
        GatewayOptions options,
        Engine engine,
        IEntryStore? entries = null,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null) =>
        BuildAsync(options, new EngineDoor(engine, entries), configure, map);

    /// <summary>The listeners of an application made here; their URLs are known once it has started.</summary>
    public static IReadOnlyList<GatewayListener> Listeners(WebApplication application) => application.Services.GetRequiredService<IReadOnlyList<GatewayListener>>();

    internal static async Task<WebApplication> BuildAsync(
        GatewayOptions options, IEngineDoor engine, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var tokens = options.TokenFile is { } file ? await TokenVault.LoadAsync(file) : TokenVault.Empty;
        StartRules.Check(options, tokens);
        var listeners = ListenersOf(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "headgate" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => ConfigureKestrel(kestrel, options, listeners));
        if (listeners.Any(listener => listener.Address.IsHttps))
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        PutEdgeBefore(builder.Services);
        // Continuations of a connection run where its bytes arrived: a hit costs no hop. What may wait hops by itself (Edge).
        builder.Services.Configure<SocketTransportOptions>(transport => transport.UnsafePreferInlineScheduling = true);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IReadOnlyList<GatewayListener>>(listeners);
        builder.Services.AddSingleton(engine);
        builder.Services.AddOpenApi("v1", ApiDescription.Configure);
        // The host's own per-request lines hold targets, and targets may hold credentials.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        configure?.Invoke(builder);

        var application = builder.Build();
        engine = new CoordinatorLog(engine, application.Services.GetRequiredService<ILoggerFactory>());
        var hosts = options.Hosts.Concat(listeners.Where(listener => !listener.Address.IsAny).Select(listener => listener.Address.Host));
        ((EdgeServer)application.Services.GetRequiredService<IServer>()).Edge =
            new Edge(engine, options, new Admission(tokens, new BrowserRules(hosts)), application.Services.GetRequiredService<ILogger<Edge>>());
        // Whoever waits for the gate asks here: not behind routing, which the first request through it has to build (0.15 s).
        application.UseWhen(LandingPage.IsAsked, page => page.Run(context => LandingPage.WriteAsync(context, engine.Catalogue)));
        application.UseRouting();
        MapOwn(application, engine);
        map?.Invoke(application);
        application.MapFallback(context => Problems.Result(new Problem(ProblemType.NotFound, 404, "There is nothing at this path.")).ExecuteAsync(context));
        return application;
    }

    private static void PutEdgeBefore(IServiceCollection services)
    {
        var server = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(server);
        services.AddSingleton<IServer>(provider => new EdgeServer((IServer)ActivatorUtilities.CreateInstance(provider, server.ImplementationType!)));
    }

    private static void MapOwn(WebApplication application, IEngineDoor engine)
    {
        application.MapGet("/metrics", (HttpContext context, CancellationToken _) =>
        {
            var text = new MetricText();
            PrometheusText.Write(text, engine.Stats(), engine.Budgets(), engine.Clock.Now, engine.MemoryUse, engine.IsLedgerWritable, engine.StoreError is null);
            foreach (var source in application.Services.GetServices<IMetricSource>())
            {
                source.Write(text);
            }

            context.Response.ContentType = MetricText.ContentType;
            return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
        }).WithTags("metrics").WithSummary("Counters and gauges in Prometheus' text format; docs/metrics.md names them.");
        HealthApi.Map(application, engine);
        GateApi.Map(application, engine);
        application.MapOpenApi("/openapi/{documentName}.json");
        application.MapMethods("/docs", ["GET", "HEAD"], ApiDocs.WriteAsync).ExcludeFromDescription();
    }

    private static List<GatewayListener> ListenersOf(GatewayOptions options)
    {
        var listeners = options.Listen.Select(address => new GatewayListener(address, null, ErrorStyle.Problem)).ToList();
        foreach (var (name, settings) in options.Providers)
        {
            if (settings.Listen is { } address)
            {
                listeners.Add(new GatewayListener(address, name, settings.Errors));
            }
        }

        return listeners;
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, GatewayOptions options, List<GatewayListener> listeners)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        // Header bytes go through as they came, in both directions.
        kestrel.RequestHeaderEncodingSelector = static name =>
            string.Equals(name, "Connection", StringComparison.OrdinalIgnoreCase) ? ConnectionFieldEncoding.Instance : Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
        kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 << 10;
        // Beyond what the edge refuses itself with a problem; longer lines Kestrel answers with a bare 414.
        kestrel.Limits.MaxRequestLineSize = 64 << 10;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        if (options.Kestrel is { } section)
        {
            kestrel.Configure(section);
        }

        foreach (var listener in listeners)
        {
            Listen(kestrel, listener, options);
        }
    }

    private static void UseDefaultCertificate(ListenOptions listen, ListenAddress address)
    {
        try
        {
            listen.UseHttps();
        }
        catch (InvalidOperationException problem)
        {
            throw new GatewayStartException(
                $"{address} needs a certificate: set Kestrel:Certificates:Default:Path and Password (HEADGATE_KESTREL__CERTIFICATES__DEFAULT__PATH, …__PASSWORD) to a PFX file, or listen on http.", problem);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, GatewayListener listener, GatewayOptions options)
    {
        var address = listener.Address;
        if (address.IsLocalhost)
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (address.IsAny && address.Ip is null)
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }
        else
        {
            kestrel.Listen(address.Ip ?? IPAddress.Loopback, address.Port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            listener.Bound = listen;
            listen.Protocols = HttpProtocols.Http1;
            if (address.IsHttps && options.Certificate is { } certificate)
            {
                listen.UseHttps(certificate);
            }
            else if (address.IsHttps)
            {
                UseDefaultCertificate(listen, address);
            }

            listen.Use(next => connection =>
            {
                connection.Features.Set(new Lane(listener));
                return next(connection);
            });
        }
    }
}
