using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Hosting.Tests;

/// <summary>A program with an embedded gate before an emulated Kite Connect.</summary>
internal sealed class EmbeddedWorld : IAsyncDisposable
{
    // A Saturday: two answers of different moments are equal.
    private static readonly DateTimeOffset Closed = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(5.5));

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("headgate-hosting-");
    private readonly TwinHost _host;

    private EmbeddedWorld(TwinHost host, Action<HeadgateOptions>? configure)
    {
        _host = host;
        var services = new ServiceCollection();
        services.AddHeadgate(gate =>
        {
            gate.DataDirectory = _data.FullName;
            gate.BaseUrls["kite"] = host.Address;
            configure?.Invoke(gate);
        });
        services.AddHttpClient("bot").AddHeadgate("kite");
        Services = services.BuildServiceProvider();
    }

    public ServiceProvider Services { get; }

    public KiteTwin Kite => (KiteTwin)_host.Twin;

    public string DataDirectory => _data.FullName;

    public static async Task<EmbeddedWorld> StartAsync(Action<HeadgateOptions>? configure = null) =>
        new(await TwinHost.StartAsync(new KiteTwin(new KiteOptions(new SyntheticTape(1, Closed)) { InstrumentRows = 2_000 }), new TapeClock(Closed, TimeProvider.System)), configure);

    public HttpClient Client()
    {
        var client = Services.GetRequiredService<IHttpClientFactory>().CreateClient("bot");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", KiteTwin.DemoCredential);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await _host.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
