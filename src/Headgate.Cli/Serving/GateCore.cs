using Headgate.Catalogue;
using Headgate.Cli.Twins;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Health;
using Headgate.Gateway;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Upstream;
using Headgate.Markets;
using Headgate.Storage.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Headgate.Cli.Serving;

/// <summary>A gate without its edge: data directory, stores, configuration, catalogue and engine, each stopped in reverse order.</summary>
internal sealed class GateCore : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    private GateCore()
    {
    }

    public DataDirectory Directory { get; private set; } = null!;

    public SqliteLedger Ledger { get; private set; } = null!;

    public SqliteEntryStore Entries { get; private set; } = null!;

    public SqliteRecordStore Records { get; private set; } = null!;

    public IConfigurationRoot Configuration { get; private set; } = null!;

    public GatewayOptions Options { get; private set; } = null!;

    public ISecretSource Secrets { get; private set; } = null!;

    public Engine Engine { get; private set; } = null!;

    /// <summary>Health of upstreams and machine, and how long phases of the desk take.</summary>
    public DeskHealth Health { get; private set; } = null!;

    /// <summary>The upstreams this process emulates.</summary>
    public EmulatedUpstreams Emulated { get; private set; } = null!;

    /// <summary>Starts everything; what was started before a failure is stopped again.</summary>
    public static async Task<GateCore> StartAsync(ServeSettings settings, TextWriter log, CancellationToken cancellation)
    {
        var core = new GateCore();
        try
        {
            await core.StartPartsAsync(settings, log, cancellation);
            return core;
        }
        catch
        {
            await core.DisposeAsync();
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
        Configuration = GatewayConfiguration.Build(EnvironmentVariables(settings), settings.Config?.FullName);
        IReadOnlyList<EmulatedUpstream> upstreams = [.. settings.Upstreams()];
        IReadOnlyList<CatalogueFile> added = [.. upstreams.Select(static upstream => upstream.Definition).OfType<CatalogueFile>()];
        // Reading definitions and calendars is more than half of what is done here: meanwhile the files are opened.
        var reading = Task.Run(() => ReadCatalogue(settings, added), cancellation);
        var calendars = Task.Run(static () => MarketCalendars.Shipped, cancellation);
        Directory = DataDirectory.Open(settings.Place.FullName, TimeProvider.System);
        _parts.Push(new Closing(Directory));
        if (settings.Market is not null)
        {
            DemoDirectory.Empty(Directory);
        }

        Ledger = Own(SqliteLedger.Open(Directory.Root, TimeProvider.System, new LedgerOptions { AcceptCorrupt = settings.AcceptCorruptLedger, Log = log.WriteLine }));
        Entries = Own(SqliteEntryStore.Open(Directory.Root, TimeProvider.System, new EntryStoreOptions { Log = log.WriteLine }));
        var history = Own(SqliteHistoryStore.Open(Directory.Root, TimeProvider.System));
        Emulated = Own(await EmulatedUpstreams.StartAsync(upstreams, cancellation));
        foreach (var note in LegacyVariables.Notes(Environment.GetEnvironmentVariable, Directory.Root))
        {
            await log.WriteLineAsync(note);
        }

        var catalogue = Emulated.Over(await reading);
        Options = GatewayOptionsReader.Read(Configuration, [.. catalogue.Providers.Keys], log.WriteLine);
        catalogue = WithAddresses(catalogue);
        var transport = new HttpUpstreamTransport(TimeProvider.System);
        _parts.Push(new Closing(transport));
        var recording = settings.RecordDemand is { } path ? Own(DemandRecording.Open(path, log)) : null;
        Records = Own(SqliteRecordStore.Open(Directory.Root, TimeProvider.System));
        var secrets = new FileSecretSource(Directory.PathOf("secrets"));
        // A demo calls what it emulates, with the credentials that brings: a real call would be charged where no real gate looks, and a real secret has no use.
        Secrets = settings.Market is null ? SecretsOf(catalogue, secrets) : Emulated;
        var watches = WatchSettings.Read(Configuration);
        Engine = Own(await Engine.StartAsync(EngineOptions(settings), Ports(history, transport, time, await calendars, recording, log), catalogue, cancellation));
        Health = new DeskHealth(Engine, CollectorRules.Read(Configuration).HealthWindow, new MachineLoad(Directory.Root, Engine.Clock.Time));
        _parts.Push(new Closing(Health));
        await WatchSettings.AddAsync(Engine.Refresh, watches, log.WriteLine, cancellation);
        Own(new CatalogueReload(Engine, () => WithAddresses(Emulated.Over(ReadCatalogue(settings, added))), secrets, log));
    }

    private EngineOptions EngineOptions(ServeSettings settings) =>
        new() { Offline = settings.Offline, CallOnly = settings.Market is null ? null : Emulated.Providers.ToHashSet(StringComparer.OrdinalIgnoreCase) };

    private EnginePorts Ports(SqliteHistoryStore history, HttpUpstreamTransport transport, TimeProvider time, MarketCalendars calendars, DemandRecording? recording, TextWriter log) => new()
    {
        Time = time,
        BootId = BootId.Read(),
        Random = new Random(),
        Transport = transport,
        Ledger = Ledger,
        Entries = Entries,
        History = history,
        Watches = Records.Watches,
        Hasher = Directory.OpenHasher(),
        Vault = Directory.OpenVault(Ledger),
        Alert = alert => log.WriteLine($"ALERT {alert.Key}: {alert}"),
        Secrets = Secrets,
        Markets = new MarketSessions(calendars),
        Note = log.WriteLine,
        Recorder = recording is null ? null : recording.Note,
        Report = problem => log.WriteLine($"inside the gate: {problem.GetType().Name}: {problem.Message}"),
    };

    // What is emulated brings its own credentials, which go before those of the user: these must never be shown to it.
    private ISecretSource SecretsOf(CatalogueModel catalogue, FileSecretSource file)
    {
        // A first refresh token is also taken from the variable its users have always had it in.
        var older = new Dictionary<string, string>(LegacySecrets.Variables, StringComparer.OrdinalIgnoreCase);
        foreach (var name in catalogue.Providers.Values.Select(provider => provider.Auth?.SecretName).OfType<string>().Where(name => name.Length > 0))
        {
            older.TryAdd(name, name);
        }

        return new SecretSources(Emulated, new SecretSources(new EnvironmentSecretSource(older), file));
    }

    private CatalogueModel ReadCatalogue(ServeSettings settings, IReadOnlyList<CatalogueFile> added) =>
        new CatalogueSource(settings.Catalogue, profiles: ProviderProfiles.Read(Configuration), added: added).Load();

    // An emulated upstream was asked for on the command line, so it goes before an address in the environment.
    private CatalogueModel WithAddresses(CatalogueModel catalogue)
    {
        foreach (var (provider, settings) in Options.Providers)
        {
            if (settings.BaseUrl is { } address && Emulated.HostOf(provider) is null)
            {
                catalogue = catalogue.WithBaseUrl(provider, address);
            }
        }

        return catalogue;
    }

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
}
