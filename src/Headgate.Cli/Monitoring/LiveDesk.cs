using Headgate.Caching;
using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Headgate.Desk.Alerts;
using Headgate.Desk.Doors;
using Headgate.Desk.Logs;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Session;
using Headgate.Desk.Monitors.Universe;
using Headgate.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Headgate.Cli.Monitoring;

/// <summary>The Kite desk on a gate of this process: its monitors ask the gate's engine, on the wall clock or along a demo's tape.</summary>
internal sealed class LiveDesk : IAsyncDisposable
{
    /// <summary>Monitors by the names a user calls them.</summary>
    public static readonly IReadOnlyList<string> Names = ["stock", "onemin", "atr", "options"];

    // After this a single run ends whatever is still on its way: what is left is delivered by the next process.
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(30);

    private readonly GateCore _gate;
    private readonly TextWriter _output;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private AlertDesk? _alerts;
    private MonitorHost? _host;

    private LiveDesk(GateCore gate, DeskPlaces places, TextWriter output)
    {
        _gate = gate;
        _output = output;
        _logs = LoggerFactory.Create(builder => builder
            .AddConfiguration(gate.Configuration.GetSection("logging"))
            // Cycles are told on standard output and everything is in the files: the console hears of trouble alone.
            .AddFilter<ConsoleLoggerProvider>("Headgate.Desk", LogLevel.Warning)
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddProvider(new ServiceLogFiles(new ServiceLogOptions { Directory = places.Logs }, gate.Engine.Clock.Time))
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        _log = _logs.CreateLogger("Headgate.Desk.host");
    }

    /// <summary>Alerts and what became of them.</summary>
    public AlertStore Alerts => _alerts!.Alerts;

    /// <summary>How each monitor is doing.</summary>
    public IReadOnlyList<MonitorStatus> Status => _host!.Status;

    /// <summary>Puts the desk together and begins to deliver what an earlier process left; no monitor runs yet.</summary>
    /// <param name="gate">Whose engine, records, configuration and secrets.</param>
    /// <param name="market">The emulated market, or null for the real one.</param>
    /// <param name="names">Which of <see cref="Names"/> run.</param>
    /// <param name="output">Where cycles and the console's alerts go.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="CommandFailure">A setting that the alerts need is missing, or Kite refused the access token.</exception>
    /// <exception cref="FormatException">A setting cannot be used.</exception>
    public static async Task<LiveDesk> StartAsync(GateCore gate, Market? market, IReadOnlyList<string> names, TextWriter output, CancellationToken cancellation)
    {
        var places = DeskPlaces.Of(gate.Directory.Root, isDemo: market is not null);
        var desk = new LiveDesk(gate, places, output);
        try
        {
            await desk.StartPartsAsync(market, places, names, cancellation);
            return desk;
        }
        catch
        {
            await desk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs until cancelled and tells of every cycle; ends without an exception then.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var table = new CycleTable(() => Status, _output).RunAsync(TimeProvider.System, stop.Token);
        try
        {
            await _host!.RunAsync(cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await table;
        }
    }

    /// <summary>Runs one cycle of each monitor now and waits for the alerts.</summary>
    /// <returns>Whether every monitor came to its end.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        var table = new CycleTable(() => Status, _output);
        var all = await _host!.RunOnceAsync(cancellation);
        table.Tell();
        foreach (var failed in all.Where(static status => status.LastError is not null))
        {
            await _output.WriteLineAsync($"{failed.Name} failed: {failed.LastError}");
        }

        if (!await _alerts!.DrainAsync(DrainMax, cancellation))
        {
            await _output.WriteLineAsync("some alerts are still on their way; the next run delivers them");
        }

        return all.All(static status => status.LastError is null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_alerts is not null)
        {
            await _alerts.DisposeAsync();
        }

        _logs.Dispose();
    }

    private async Task StartPartsAsync(Market? market, DeskPlaces places, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var door = new EngineDoor(_gate.Engine);
        var options = places.Into(DeskMonitorOptions.From(_gate.Configuration));
        IRecordStore records = _gate.Records;
        if (market is not null)
        {
            // A tape begins anew: nothing an earlier demo held or found of its later minutes may count.
            records = new MemoryRecordStore(new RecordDisk());
            await _gate.Engine.RemoveEntriesAsync(new EntryFilter { Scope = options.Kite.Provider }, cancellation);
        }

        _alerts = Deliver(door, records, isDemo: market is not null);
        await _alerts.StartAsync(cancellation);
        await CheckTokenAsync(door, options, cancellation);
        var desk = new KiteDesk(door, records, _alerts, UniverseOf(options, market), options, logs: _logs, running: [.. names, "followup"]);
        _host = new MonitorHost(desk.Monitors, records, desk.Rules, door.Time, _logs);
    }

    private AlertDesk Deliver(EngineDoor door, IRecordStore records, bool isDemo)
    {
        var settings = AlertSettings.From(_gate.Configuration);
        settings = isDemo ? settings with { TelegramChatId = settings.TelegramChatId ?? EmulatedTelegram.Chat } : settings;
        try
        {
            var channels = settings.Make(door, _gate.Secrets, _output, _gate.Engine.Catalogue.Providers.Keys);
            return new AlertDesk(records, channels, door.Time, settings.Delivery, problem => LiveDeskLog.Delivery(_log, problem));
        }
        catch (FormatException missing)
        {
            throw new CommandFailure($"the desk does not start: {missing.Message}", ExitCode.Failure, missing);
        }
    }

    private async Task CheckTokenAsync(EngineDoor door, DeskMonitorOptions options, CancellationToken cancellation)
    {
        if (!string.Equals(options.Source, "kite", StringComparison.Ordinal))
        {
            return;
        }

        var token = await new KiteTokenCheck(door, options.Kite.Provider).AskAsync(cancellation);
        var now = door.Time.GetUtcNow();
        if (token.State == KiteTokenState.Invalid)
        {
            LiveDeskLog.TokenInvalid(_log, token.Why);
            await NotifyAsync(KiteTokenCheck.Notice(token, now), cancellation);
            throw new CommandFailure(
                $"Kite refused the access token: {token.Why}. Log in to Kite, renew KITE_AUTHORIZATION (HEADGATE_SECRETS__KITE_AUTHORIZATION, or the file secrets of the data directory) and start again.");
        }

        if (token.State == KiteTokenState.Unknown)
        {
            LiveDeskLog.TokenUnknown(_log, token.Why);
        }
        else if (token.ExpiresSoon(now))
        {
            LiveDeskLog.TokenExpires(_log, Ist.Of(token.FlushedAt));
        }
    }

    private async Task NotifyAsync(Alert notice, CancellationToken cancellation)
    {
        try
        {
            await _alerts!.RaiseAsync(notice, cancellation);
            await _alerts.DrainAsync(DrainMax, cancellation);
        }
        catch (IOException problem)
        {
            // The refusal itself is told all the same.
            LiveDeskLog.Delivery(_log, problem.Message);
        }
    }

    private static StockUniverse UniverseOf(DeskMonitorOptions options, Market? market)
    {
        if (options.Universe is not { } file)
        {
            return market is null ? StockUniverse.Sample : StockUniverse.Of(market.Tape.Symbols.Where(static symbol => !symbol.IsIndex).Select(static symbol => symbol.Name));
        }

        try
        {
            return StockUniverse.Parse(File.ReadAllBytes(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CommandFailure($"desk:universe {file} cannot be used: {problem.Message}", ExitCode.Usage, problem);
        }
    }
}
