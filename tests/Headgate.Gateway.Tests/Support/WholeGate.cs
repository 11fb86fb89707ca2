using Headgate.Catalogue;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Operations;
using Headgate.Gateway.Upstream;
using Microsoft.AspNetCore.Builder;

namespace Headgate.Gateway.Tests.Support;

/// <summary>Edge, engine and transport together, before an upstream on a bare socket.</summary>
internal sealed class WholeGate : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Engine _engine;
    private readonly HttpUpstreamTransport _transport;

    private WholeGate(WebApplication application, Engine engine, HttpUpstreamTransport transport, RawUpstream upstream) =>
        (_application, _engine, _transport, Upstream) = (application, engine, transport, upstream);

    public RawUpstream Upstream { get; }

    public Engine Engine => _engine;

    public Uri Url => GatewayHost.Listeners(_application)[0].Url;

    /// <param name="definition">Provider definition in YAML; <c>BASE</c> stands for the upstream's address.</param>
    public static async Task<WholeGate> Start(string definition, RawAnswer answer, GatewayOptions? options = null, MemoryPorts? ports = null, bool isOperated = false, TimeProvider? time = null)
    {
        ports ??= new MemoryPorts();
        time ??= TimeProvider.System;
        var upstream = new RawUpstream(answer);
        var transport = new HttpUpstreamTransport(time);
        var catalogue = CatalogueLoader.Load([new CatalogueFile("test.yaml", definition.Replace("BASE", upstream.Origin.ToString().TrimEnd('/'), StringComparison.Ordinal))]);
        var engine = await Engine.StartAsync(
            new EngineOptions(),
            new EnginePorts
            {
                Time = time, BootId = "test", Random = new Random(1), Transport = transport, Ledger = ports, Entries = ports, Hasher = ports, Secrets = ports, Markets = ports,
            },
            catalogue,
            CancellationToken.None);
        options = (options ?? new GatewayOptions()) with { Listen = [Gate.AnyPort] };
        var operations = isOperated
            ? await GateOperator.StartAsync(engine, options, new MemoryRecords(), _ => ValueTask.FromResult<IReadOnlyList<DayCalls>>([]), TimeProvider.System, _ => { }, CancellationToken.None)
            : null;
        var application = await GatewayHost.BuildAsync(options, engine, ports, map: operations is null ? null : operations.Map);
        await application.StartAsync();
        return new WholeGate(application, engine, transport, upstream);
    }

    public async Task<RawResponse> Get(string target, params string[] headers) => await Ask("GET", target, headers);

    public async Task<RawResponse> Ask(string method, string target, string[] headers, string? body = null)
    {
        using var client = new RawClient(Url);
        return await client.Ask(method, target, headers, body);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        await _engine.DisposeAsync();
        _transport.Dispose();
        await Upstream.DisposeAsync();
    }
}
