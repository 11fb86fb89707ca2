using Headgate.Catalogue;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Embedding;
using Headgate.Gateway.Upstream;
using Headgate.Markets;
using Headgate.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headgate.Hosting;

/// <summary>The gate of this process: data directory, stores, transport and engine, started once and stopped in reverse order.</summary>
/// <remarks>Thread-safe. Started by the host, or by the first request where there is no host. It starts and stops on the pool, whoever asks.</remarks>
public sealed class HeadgateGate : IAsyncDisposable, IDisposable
{
    private readonly HeadgateOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly Lazy<Task<EmbeddedEdge>> _start;
    private readonly Lazy<Task> _stop;
    private readonly Lazy<CatalogueModel> _catalogue;

    public HeadgateGate(IOptions<HeadgateOptions> options, ILoggerFactory loggers)
    {
        _options = options.Value;
        _loggers = loggers;
        _logger = loggers.CreateLogger("Headgate");
        _catalogue = new Lazy<CatalogueModel>(() => new CatalogueSource([.. _options.Catalogue], profiles: ProviderProfiles.Read(Configuration())).Load());
        _start = new Lazy<Task<EmbeddedEdge>>(() => Task.Run(StartPartsAsync));
        _stop = new Lazy<Task>(() => Task.Run(StopPartsAsync));
    }

    /// <summary>The running engine.</summary>
    /// <exception cref="InvalidOperationException">The gate has not started yet.</exception>
    public Engine Engine => _start is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } started }
        ? started.Result.Engine
        : throw new InvalidOperationException("The gate has not started: start the host, or await HeadgateGate.StartAsync.");

    /// <summary>Starts it, or waits until it has started.</summary>
    /// <exception cref="DataDirectoryLockedException">Another process holds the data directory.</exception>
    /// <exception cref="CatalogueException">A definition is wrong.</exception>
    /// <exception cref="FormatException">A setting of the environment cannot be used.</exception>
    public Task StartAsync() => _start.Value;

    public async ValueTask DisposeAsync() => await _stop.Value;

    /// <summary>Stops it and waits; safe in a context whose thread is blocked by this very call.</summary>
    public void Dispose() => _stop.Value.GetAwaiter().GetResult();

    internal Task<EmbeddedEdge> EdgeAsync() => _start.Value;

    /// <summary>A handler for one provider's client, before or after the start.</summary>
    internal HeadgateHandler Handler(string provider, string? client) => new(EdgeAsync, provider, AddressOf(provider), client);

    /// <summary>The base URL the definitions write for a provider, wherever its calls really go; null for an unknown one.</summary>
    internal Uri? AddressOf(string provider) => _catalogue.Value.Find(provider)?.BaseUrl;

    private async Task<EmbeddedEdge> StartPartsAsync()
    {
        try
        {
            return await OpenAsync();
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    private async Task<EmbeddedEdge> OpenAsync()
    {
        var directory = DataDirectory.Open(_options.DataDirectory, TimeProvider.System);
        _parts.Push(new Closing(directory));
        var ledger = Own(SqliteLedger.Open(directory.Root, TimeProvider.System, new LedgerOptions { Log = Note }));
        var entries = Own(SqliteEntryStore.Open(directory.Root, TimeProvider.System, new EntryStoreOptions { Log = Note }));
        var history = Own(SqliteHistoryStore.Open(directory.Root, TimeProvider.System));
        var catalogue = _catalogue.Value;
        var edge = ReadEdge([.. catalogue.Providers.Keys]);
        var transport = new HttpUpstreamTransport(_options.Time);
        _parts.Push(new Closing(transport));
        var own = new SecretSources(new EnvironmentSecretSource(LegacySecrets.Variables), new FileSecretSource(directory.PathOf("secrets")));
        var engine = Own(await Engine.StartAsync(
            _options.Engine,
            new EnginePorts
            {
                Time = _options.Time,
                BootId = BootId.Read(),
                Random = new Random(),
                Transport = transport,
                Ledger = ledger,
                Entries = entries,
                History = history,
                Hasher = directory.OpenHasher(),
                Secrets = _options.Secrets is { } first ? new SecretSources(first, own) : own,
                Markets = new MarketSessions(MarketCalendars.Shipped),
                Note = Note,
                Report = problem => Log.Inside(_logger, problem),
            },
            WithAddresses(catalogue, edge),
            CancellationToken.None));
        return new EmbeddedEdge(engine, edge, _loggers);
    }

    // What the gate's settings mean to a server, addresses to listen on above all, means nothing here.
    private GatewayOptions ReadEdge(IReadOnlyCollection<string> providers)
    {
        var options = GatewayOptionsReader.Read(Configuration(), providers, Note);
        var clients = new Dictionary<string, ClientProfile>(options.Clients, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, profile) in _options.Clients)
        {
            clients[name] = profile;
        }

        return options with { Clients = clients };
    }

    private static IConfigurationRoot Configuration() => GatewayConfiguration.Build(
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
            .Where(variable => !string.Equals(variable.Key, "ASPNETCORE_URLS", StringComparison.OrdinalIgnoreCase)),
        file: null);

    private CatalogueModel WithAddresses(CatalogueModel catalogue, GatewayOptions edge)
    {
        foreach (var (provider, settings) in edge.Providers)
        {
            catalogue = settings.BaseUrl is { } address ? catalogue.WithBaseUrl(provider, address) : catalogue;
        }

        foreach (var (provider, address) in _options.BaseUrls)
        {
            catalogue = catalogue.WithBaseUrl(provider, address);
        }

        return catalogue;
    }

    private async Task StopPartsAsync()
    {
        if (_start.IsValueCreated)
        {
            try
            {
                await _start.Value;
            }
            catch (Exception)
            {
                // Told to whoever started it; its parts are closed already.
                return;
            }
        }

        await CloseAsync();
    }

    private async Task CloseAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private void Note(string note) => Log.Note(_logger, note);

    private T Own<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>A part that closes synchronously.</summary>
    private sealed class Closing(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
