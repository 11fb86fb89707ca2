using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Headgate.Desk.Alerts;
using Headgate.Desk.Logs;
using Headgate.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Headgate.Cli.Monitoring;

/// <summary>Systems of the desk side by side on a gate of this process: one engine, one ledger, one set of records, one that delivers alerts.</summary>
internal sealed class LiveDesk : IAsyncDisposable
{
    private readonly ILoggerFactory _logs;
    private readonly LiveAlerts _alerts;
    private readonly LiveSeat _seat;
    private readonly List<ILiveSystem> _systems = [];

    private LiveDesk(GateCore gate, Market? market, TextWriter output)
    {
        var places = DeskPlaces.Of(gate.Directory.Root, isDemo: market is not null);
        _logs = LoggerFactory.Create(builder => builder
            .AddConfiguration(gate.Configuration.GetSection("logging"))
            // Cycles are told on standard output and everything is in the files: the console hears of trouble alone.
            .AddFilter<ConsoleLoggerProvider>("Headgate.Desk", LogLevel.Warning)
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddProvider(new ServiceLogFiles(new ServiceLogOptions { Directory = places.Logs }, gate.Engine.Clock.Time))
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        // A tape begins anew: nothing an earlier demo found of its later minutes may count.
        IRecordStore records = market is null ? gate.Records : new MemoryRecordStore(new RecordDisk());
        _alerts = new LiveAlerts(gate, records, isDemo: market is not null, _logs.CreateLogger("Headgate.Desk.host"), output);
        _seat = new LiveSeat(gate, market, records, places, _alerts, _logs, output);
    }

    /// <summary>Alerts and what became of them.</summary>
    public AlertStore Alerts => _alerts.Store;

    /// <summary>The one that delivers them, for what lives in this process besides.</summary>
    /// <exception cref="CommandFailure">A setting that a channel needs is missing.</exception>
    public Task<AlertDesk> DeliverAsync(CancellationToken cancellation) => _alerts.StartAsync(cancellation);

    /// <summary>Puts the systems together; none runs yet.</summary>
    /// <param name="gate">Whose engine, records, configuration and secrets.</param>
    /// <param name="market">The demo's market, or null for the real one.</param>
    /// <param name="choices">What runs.</param>
    /// <param name="output">Where cycles and the console's alerts go.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="CommandFailure">Something a system needs is missing; the message names the remedy.</exception>
    /// <exception cref="FormatException">A setting cannot be used.</exception>
    public static async Task<LiveDesk> StartAsync(GateCore gate, Market? market, IReadOnlyList<LiveChoice> choices, TextWriter output, CancellationToken cancellation)
    {
        var desk = new LiveDesk(gate, market, output);
        try
        {
            await desk.StartPartsAsync(choices, cancellation);
            return desk;
        }
        catch
        {
            await desk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs all until cancelled; ends without an exception then. One that fails begins again after a pause, while the others go on.</summary>
    public Task RunAsync(CancellationToken cancellation) => new LiveRuns(_seat.Door.Time, _logs.CreateLogger("Headgate.Desk.host")).RunAsync(_systems, cancellation);

    /// <summary>One round of each now.</summary>
    /// <returns>Whether all went well.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        var isWell = true;
        foreach (var system in _systems)
        {
            isWell &= await system.RunOnceAsync(cancellation);
        }

        return isWell;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var system in Enumerable.Reverse(_systems))
        {
            await system.DisposeAsync();
        }

        await _alerts.DisposeAsync();
        _logs.Dispose();
    }

    private async Task StartPartsAsync(IReadOnlyList<LiveChoice> choices, CancellationToken cancellation)
    {
        foreach (var (system, parts) in choices)
        {
            _systems.Add(system);
            await system.StartAsync(_seat, parts, cancellation);
        }
    }
}
