using Headgate.Cli.Monitoring;
using Headgate.Desk.Alerts;
using Headgate.Desk.Api;
using Headgate.Desk.Collectors.Api;
using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Crypto.KingFisher;
using Headgate.Desk.Doors;
using Headgate.Gateway;
using Headgate.Gateway.Operations;
using Headgate.Reports;
using Headgate.Storage.Sqlite;
using Headgate.Strategies.Api;
using Headgate.Strategies.Live;
using Headgate.Strategies.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Headgate.Cli.Serving;

/// <summary>A whole gate in this process: <see cref="GateCore"/>, edge and, where asked for, the desk; each stopped in reverse order.</summary>
internal sealed class RunningGate : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    private bool _isStarted;

    private RunningGate()
    {
    }

    public Engine Engine => Core.Engine;

    public WebApplication Application { get; private set; } = null!;

    /// <summary>The upstreams this process emulates.</summary>
    public EmulatedUpstreams Emulated => Core.Emulated;

    /// <summary>The systems of the desk that run in this gate, or null for none.</summary>
    public LiveDesk? Desk { get; private set; }

    private GateCore Core { get; set; } = null!;

    /// <summary>Where the gate listens: main address first.</summary>
    public IReadOnlyList<GatewayListener> Listeners => GatewayHost.Listeners(Application);

    /// <summary>Starts everything; what was started before a failure is stopped again.</summary>
    /// <exception cref="CommandFailure">A part cannot start; the message names the remedy.</exception>
    public static async Task<RunningGate> StartAsync(ServeSettings settings, TextWriter output, TextWriter log, CancellationToken cancellation)
    {
        var gate = new RunningGate();
        try
        {
            await gate.StartPartsAsync(settings, output, log, cancellation);
            return gate;
        }
        catch (Exception problem)
        {
            await gate.DisposeAsync();
            if (StartProblems.Explain(problem) is { } failure)
            {
                throw failure;
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartPartsAsync(ServeSettings settings, TextWriter output, TextWriter log, CancellationToken cancellation)
    {
        Core = Own(await GateCore.StartAsync(settings, log, cancellation));
        Desk = settings.Desk is { Count: > 0 } choices ? Own(await LiveDesk.StartAsync(Core, settings.Market, choices, output, cancellation)) : null;
        var operations = Own(await GateOperator.StartAsync(
            Engine, Core.Options, Core.Records, cancel => CallsAsync(Core.Ledger, cancel), TimeProvider.System, problem => log.WriteLine(problem.Message), cancellation));
        var kingFisher = await StartKingFisherAsync(output, cancellation);
        Application = await GatewayHost.BuildAsync(Core.Options, Engine, Core.Entries, builder => AddServices(builder, settings), application => Map(application, operations, kingFisher, settings.Desk));
        _parts.Push(new Stopping(Application));
        await Application.StartAsync(cancellation);
        _isStarted = true;
        Core.Directory.Announce(Listeners[0].Url.GetLeftPart(UriPartial.Authority));
    }

    private void AddServices(WebApplicationBuilder builder, ServeSettings settings)
    {
        // Standard output is for answers and figures. What runs by the clock and went well is no news.
        builder.Logging.AddConfiguration(Core.Configuration.GetSection("logging"))
            .AddFilter("Quartz", LogLevel.Warning).AddFilter("Headgate.Strategies.Runs.Jobs", LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // What keeps the gate from starting is told by whoever starts it, in words.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => _isStarted && level >= LogLevel.Warning);
        if (settings.Quiet || (settings.Market is not null && !Console.IsOutputRedirected))
        {
            // The demo draws a live table on this terminal; lines of news would tear it.
            builder.Logging.AddFilter("Headgate.Coordinator", LogLevel.Warning);
        }

        var strategies = StrategySettings.Read(Core.Configuration, Core.Directory.PathOf("strategies"));
        if (strategies.Spot == StrategySettings.FromKite)
        {
            builder.Services.AddSingleton<IDailySeriesSource>(services => new EngineDailySeries(Engine, services.GetRequiredService<BhavcopyStore>()));
        }

        builder.Services.AddSingleton<IMetricSource>(new DeskMetrics(Core.Health));
        builder.Services.AddProblemDetails().AddStrategyPlatform(strategies);
        builder.Services.Configure<OpenApiOptions>("v1", static api => api.AddStrategyPlatform());
    }

    private async Task<KingFisher?> StartKingFisherAsync(TextWriter output, CancellationToken cancellation)
    {
        if (KingFisherSettings.Read(Core.Configuration) is not { } settings)
        {
            return null;
        }

        var alerts = settings.Announce ? await DeliverAsync(output, cancellation) : null;
        var pipeline = await KingFisher.StartAsync(new EngineDoor(Engine), Core.Records, settings, alerts, cancellation);
        _parts.Push(new Closing(pipeline));
        return pipeline;
    }

    // A process has one that delivers alerts: the desk's, where there is one.
    private async Task<AlertDesk> DeliverAsync(TextWriter output, CancellationToken cancellation)
    {
        if (Desk is not null)
        {
            return await Desk.DeliverAsync(cancellation);
        }

        var logs = LoggerFactory.Create(builder => builder.AddSimpleConsole(static console => console.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        _parts.Push(new Closing(logs));
        return await Own(new LiveAlerts(Core, Core.Records, isDemo: false, logs.CreateLogger("Headgate.Desk.host"), output)).StartAsync(cancellation);
    }

    private void Map(WebApplication application, GateOperator operations, KingFisher? kingFisher, IReadOnlyList<LiveChoice> desk)
    {
        operations.Map(application);
        if (kingFisher is not null)
        {
            application.MapKingFisher(kingFisher);
        }

        application.MapStrategyPlatform();
        application.MapDeskHealth(Core.Health, Engine.Clock);
        application.MapDeskAlerts(Desk?.Alerts ?? new AlertStore(Core.Records));
        LiveSystems.Map(application, desk);
    }

    private static async ValueTask<IReadOnlyList<DayCalls>> CallsAsync(SqliteLedger ledger, CancellationToken cancellation) =>
        [.. (await ledger.ReadCallTotalsAsync(cancellation)).Select(total => new DayCalls(total.Label, total.Day, total.Calls))];

    private T Own<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>The edge: background services end before it is disposed, requests under way get a moment.</summary>
    private sealed class Stopping(WebApplication application) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await application.StopAsync();
            await application.DisposeAsync();
        }
    }
}
