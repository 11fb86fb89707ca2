using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Desk.Crypto.KingFisher;
using Headgate.Desk.Doors;
using Headgate.Gateway;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Operations;
using Headgate.Gateway.Upstream;
using Headgate.Markets;
using Headgate.Storage.Sqlite;
using Headgate.Strategies.Api;
using Headgate.Strategies.Live;
using Headgate.Strategies.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Headgate.Cli.Serving;

/// <summary>A whole gate in this process: data directory, stores, catalogue, engine and edge, each stopped in reverse order.</summary>
internal sealed class RunningGate : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    private RunningGate()
    {
    }

    public Engine Engine { get; private set; } = null!;

    public WebApplication Application { get; private set; } = null!;

    /// <summary>The emulated Kite Connect, or null where the real one is asked.</summary>
    public EmulatedKite? Kite { get; private set; }

    /// <summary>Where the gate listens: main address first.</summary>
    public IReadOnlyList<GatewayListener> Listeners => GatewayHost.Listeners(Application);

    /// <summary>Starts everything; what was started before a failure is stopped again.</summary>
    /// <exception cref="CommandFailure">A part cannot start; the message names the remedy.</exception>
    public static async Task<RunningGate> StartAsync(ServeSettings settings, TextWriter log, CancellationToken cancellation)
    {
        var gate = new RunningGate();
        try
        {
            await gate.StartPartsAsync(settings, log, cancellation);
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

    private async Task StartPartsAsync(ServeSettings settings, TextWriter log, CancellationToken cancellation)
    {
        var time = settings.Market?.Clock ?? TimeProvider.System;
        var directory = DataDirectory.Open(settings.DataDirectory.FullName, TimeProvider.System);
        _parts.Push(new Closing(directory));
        var ledger = Own(SqliteLedger.Open(directory.Root, TimeProvider.System, new LedgerOptions { AcceptCorrupt = settings.AcceptCorruptLedger, Log = log.WriteLine }));
        var entries = Own(SqliteEntryStore.Open(directory.Root, TimeProvider.System, new EntryStoreOptions { Log = log.WriteLine }));
        var history = Own(SqliteHistoryStore.Open(directory.Root, TimeProvider.System));
        if (settings.Market is { } market)
        {
            Kite = Own(await EmulatedKite.StartAsync(market, cancellation));
        }

        var configuration = GatewayConfiguration.Build(EnvironmentVariables(settings), settings.Config?.FullName);
        foreach (var note in LegacyVariables.Notes(Environment.GetEnvironmentVariable, directory.Root))
        {
            await log.WriteLineAsync(note);
        }

        var catalogue = LoadCatalogue(settings, configuration);
        var options = GatewayOptionsReader.Read(configuration, [.. catalogue.Providers.Keys], log.WriteLine);
        catalogue = WithAddresses(catalogue, options);
        var transport = new HttpUpstreamTransport(TimeProvider.System);
        _parts.Push(new Closing(transport));
        var recording = settings.RecordDemand is { } path ? Own(DemandRecording.Open(path, log)) : null;
        var records = Own(SqliteRecordStore.Open(directory.Root, TimeProvider.System));
        var secrets = new FileSecretSource(directory.PathOf("secrets"));
        var watches = WatchSettings.Read(configuration);
        Engine = Own(await Engine.StartAsync(
            new EngineOptions { Offline = settings.Offline },
            Ports(directory, ledger, entries, history, records, transport, time, Secrets(catalogue, secrets), recording, log), catalogue, cancellation));
        await WatchSettings.AddAsync(Engine.Refresh, watches, log.WriteLine, cancellation);
        Own(new CatalogueReload(Engine, () => WithAddresses(LoadCatalogue(settings, configuration), options), secrets, log));
        var operations = Own(await GateOperator.StartAsync(Engine, options, records, cancel => CallsAsync(ledger, cancel), TimeProvider.System, problem => log.WriteLine(problem.Message), cancellation));
        var kingFisher = await StartKingFisherAsync(configuration, records, cancellation);
        Application = await GatewayHost.BuildAsync(options, Engine, entries, builder => AddServices(builder, directory, configuration), application => Map(application, operations, kingFisher));
        _parts.Push(new Stopping(Application));
        await Application.StartAsync(cancellation);
        directory.Announce(Listeners[0].Url.GetLeftPart(UriPartial.Authority));
    }

    private EnginePorts Ports(
        DataDirectory directory, SqliteLedger ledger, SqliteEntryStore entries, SqliteHistoryStore history, SqliteRecordStore records, HttpUpstreamTransport transport, TimeProvider time, ISecretSource secrets, DemandRecording? recording, TextWriter log) => new()
    {
        Time = time,
        BootId = BootId.Read(),
        Random = new Random(),
        Transport = transport,
        Ledger = ledger,
        Entries = entries,
        History = history,
        Watches = records.Watches,
        Hasher = directory.OpenHasher(),
        Vault = directory.OpenVault(ledger),
        Alert = alert => log.WriteLine($"ALERT {alert.Key}: {alert}"),
        Secrets = secrets,
        Markets = new MarketSessions(MarketCalendars.Shipped),
        Note = log.WriteLine,
        Recorder = recording is null ? null : recording.Note,
        Report = problem => log.WriteLine($"inside the gate: {problem.GetType().Name}: {problem.Message}"),
    };

    private SecretSources Secrets(CatalogueModel catalogue, FileSecretSource file)
    {
        // A first refresh token is also taken from the variable its users have always had it in.
        var older = new Dictionary<string, string>(LegacySecrets.Variables, StringComparer.OrdinalIgnoreCase);
        foreach (var name in catalogue.Providers.Values.Select(provider => provider.Auth?.SecretName).OfType<string>().Where(name => name.Length > 0))
        {
            older.TryAdd(name, name);
        }

        var own = new SecretSources(new EnvironmentSecretSource(older), file);
        return Kite is null ? own : new SecretSources(Kite, own);
    }

    private CatalogueModel LoadCatalogue(ServeSettings settings, IConfiguration configuration)
    {
        var catalogue = new CatalogueSource(settings.Catalogue, profiles: ProviderProfiles.Read(configuration)).Load();
        return Kite is null ? catalogue : catalogue.WithBaseUrl("kite", Kite.Address);
    }

    // The emulated upstream was asked for on the command line, so it goes before an address in the environment.
    private CatalogueModel WithAddresses(CatalogueModel catalogue, GatewayOptions options)
    {
        foreach (var (provider, settings) in options.Providers)
        {
            if (settings.BaseUrl is { } address && !(Kite is not null && string.Equals(provider, "kite", StringComparison.OrdinalIgnoreCase)))
            {
                catalogue = catalogue.WithBaseUrl(provider, address);
            }
        }

        return catalogue;
    }

    private void AddServices(WebApplicationBuilder builder, DataDirectory directory, IConfiguration configuration)
    {
        // Standard output is for answers and figures. What runs by the clock and went well is no news.
        builder.Logging.AddConfiguration(configuration.GetSection("logging"))
            .AddFilter("Quartz", LogLevel.Warning).AddFilter("Headgate.Strategies.Runs.Jobs", LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Kite is not null && !Console.IsOutputRedirected)
        {
            // The demo draws a live table on this terminal; lines of news would tear it.
            builder.Logging.AddFilter("Headgate.Coordinator", LogLevel.Warning);
        }

        var strategies = StrategySettings.Read(configuration, directory.PathOf("strategies"));
        if (strategies.Spot == StrategySettings.FromKite)
        {
            builder.Services.AddSingleton<IDailySeriesSource>(services => new EngineDailySeries(Engine, services.GetRequiredService<BhavcopyStore>()));
        }

        builder.Services.AddProblemDetails().AddStrategyPlatform(strategies);
        builder.Services.Configure<OpenApiOptions>("v1", static api => api.AddStrategyPlatform());
    }

    private async Task<KingFisher?> StartKingFisherAsync(IConfiguration configuration, IRecordStore records, CancellationToken cancellation)
    {
        if (KingFisherSettings.Read(configuration) is not { } settings)
        {
            return null;
        }

        var pipeline = await KingFisher.StartAsync(new EngineDoor(Engine), records, settings, alerts: null, cancellation);
        _parts.Push(new Closing(pipeline));
        return pipeline;
    }

    private static void Map(WebApplication application, GateOperator operations, KingFisher? kingFisher)
    {
        operations.Map(application);
        if (kingFisher is not null)
        {
            application.MapKingFisher(kingFisher);
        }

        application.MapStrategyPlatform();
    }

    private static async ValueTask<IReadOnlyList<DayCalls>> CallsAsync(SqliteLedger ledger, CancellationToken cancellation) =>
        [.. (await ledger.ReadCallTotalsAsync(cancellation)).Select(total => new DayCalls(total.Label, total.Day, total.Calls))];

    private static Dictionary<string, string?> EnvironmentVariables(ServeSettings settings)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value;
        }

        if (settings.Listen is { } listen)
        {
            variables["HEADGATE_URL"] = listen;
        }

        return variables;
    }

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
