using Headgate.Gateway.Configuration;
using Microsoft.AspNetCore.Builder;

namespace Headgate.Gateway.Tests.Support;

/// <summary>The edge on a real socket over a scripted engine.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Gate(WebApplication application, ScriptedEngine engine) => (_application, Engine) = (application, engine);

    public ScriptedEngine Engine { get; }

    public Uri Url => GatewayHost.Listeners(_application)[0].Url;

    public Uri UrlOf(string provider) => GatewayHost.Listeners(_application).First(listener => listener.Provider == provider).Url;

    public static ListenAddress AnyPort { get; } = new(IsHttps: false, "127.0.0.1", 0);

    public static async Task<Gate> Start(ScriptedEngine? engine = null, GatewayOptions? options = null)
    {
        engine ??= new ScriptedEngine();
        options ??= new GatewayOptions();
        var listen = options.Listen is [{ Port: 7070 }] ? [AnyPort] : options.Listen;
        var application = await GatewayHost.BuildAsync(options with { Listen = listen }, engine);
        await application.StartAsync();
        return new Gate(application, engine);
    }

    public RawClient Client() => new(Url);

    public async Task<RawResponse> Get(string target, params string[] headers)
    {
        using var client = Client();
        return await client.Get(target, headers);
    }

    public async Task<RawResponse> Ask(string method, string target, string[] headers, string? body = null)
    {
        using var client = Client();
        return await client.Ask(method, target, headers, body);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
