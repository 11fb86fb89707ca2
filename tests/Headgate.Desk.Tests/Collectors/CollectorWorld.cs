using Headgate.Catalogue;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Collectors.Planning;
using Headgate.Desk.Doors;
using Headgate.Markets;
using Headgate.Simulation;
using Headgate.Upstream;
using Headgate.Upstreams;
using Headgate.Upstreams.Providers;

namespace Headgate.Desk.Tests.Collectors;

/// <summary>A collector over the real engine, before strict emulations of its eight upstreams, in virtual time; processes may be killed.</summary>
internal sealed class CollectorWorld : ISecretSource, IHostLoad
{
    /// <summary>Friday 2026-11-20, half an hour after the Toronto exchange opened.</summary>
    public static readonly DateTimeOffset Open = new(2026, 11, 20, 10, 0, 0, TimeSpan.FromHours(-5));

    private readonly CatalogueModel _catalogue;
    private int _lives;

    public CollectorWorld(CollectorOptions? options = null, DateTimeOffset? start = null, IReadOnlyDictionary<string, string>? profiles = null, CatalogueModel? catalogue = null)
    {
        Options = options ?? new CollectorOptions();
        _catalogue = catalogue ?? new CatalogueSource([], profiles: profiles ?? new Dictionary<string, string> { ["yahoo"] = "research" }).Load();
        Time = new VirtualTime(start ?? Open);
        Network = new TwinTransport(Time, [.. Twins]) { Fate = call => new NetworkFate(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30), Down.Contains(call.Provider) ? NetworkFault.Refused : NetworkFault.None) };
    }

    public CollectorOptions Options { get; set; }

    public VirtualTime Time { get; }

    public TwinTransport Network { get; }

    public YahooTwin Yahoo { get; } = new();

    public BankOfCanadaTwin Bank { get; } = new();

    public FeedTwin Globe { get; } = new("globeandmail");

    public FeedTwin Post { get; } = new("financialpost");

    public QuestradeTwin Questrade { get; } = new();

    public AlphaVantageTwin AlphaVantage { get; } = new(["demo", "prices", "fundamentals", "macro", "sentiment"]);

    public FinnhubTwin Finnhub { get; } = new();

    public NewsApiTwin NewsApi { get; } = new();

    public IReadOnlyList<ITwin> Twins => [Yahoo, Bank, Globe, Post, Questrade, AlphaVantage, Finnhub, NewsApi];

    /// <summary>What the operator supplied.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal)
    {
        ["ALPHA_VANTAGE_API_KEY"] = "demo",
        ["FINNHUB_API_KEY"] = "demo",
        ["NEWSAPI_KEY"] = "demo",
        ["QUESTRADE_REFRESH_TOKEN"] = "refresh-0",
    };

    /// <summary>Providers that cannot be reached.</summary>
    public HashSet<string> Down { get; } = new(StringComparer.Ordinal);

    /// <summary>Collections of all lives.</summary>
    public List<Collection> Collections { get; } = [];

    public RecordDisk Records { get; } = new();

    public LedgerDisk Ledger { get; } = new();

    public EntryDisk Entries { get; } = new();

    public VaultDisk Vault { get; } = new();

    /// <summary>The running collector and its engine.</summary>
    public CollectorHost Host { get; private set; } = null!;

    public Headgate.Engine Engine { get; private set; } = null!;

    public EngineDoor Door { get; private set; } = null!;

    public DeskHealth Health { get; private set; } = null!;

    /// <summary>The machine as health sees it.</summary>
    public HostLoad Machine { get; set; } = new(10, 20, 30);

    /// <summary>False lets the process have an engine alone; what is asked the test asks.</summary>
    public bool Collects { get; init; } = true;

    public long Violations => Twins.Sum(twin => twin.Counters.Violations);

    public HostLoad Read() => Machine;

    public string? Find(string name) => Secrets.GetValueOrDefault(name);

    /// <summary>Lives for a while, once.</summary>
    public void Live(TimeSpan length) => Run(async () =>
    {
        var life = Begin();
        await Time.Delay(length);
        await life.StopAsync();
    });

    public void Run(Func<Task> test)
    {
        Time.Run(test);
        Time.ForeignPosts.ShouldBe(0);
    }

    /// <summary>A process: engine and collector; it ends when it is told or killed.</summary>
    public Life Begin() => new(this, ++_lives);

    /// <summary>The same, once its engine has started.</summary>
    public async Task<Life> BeginAsync()
    {
        var life = Begin();
        await Time.Delay(TimeSpan.FromMilliseconds(1));
        return life;
    }

    internal sealed class Life
    {
        private readonly CollectorWorld _world;
        private readonly VirtualProcess _process;
        private readonly MemoryLedger _ledger;
        private readonly MemoryEntryStore _entries;
        private readonly MemoryRecordStore _records;
        private readonly MemoryTokenVault _vault;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Life(CollectorWorld world, int number)
        {
            _world = world;
            _process = new VirtualProcess(world.Time);
            _ledger = new MemoryLedger(world.Ledger, world.Time, new Random(number)) { CommitLatencyMax = TimeSpan.Zero };
            _entries = new MemoryEntryStore(world.Entries, world.Time);
            _records = new MemoryRecordStore(world.Records, world.Time);
            _vault = new MemoryTokenVault(world.Vault, world.Time, new Random(number));
            _running = RunAsync(number);
        }

        public async Task StopAsync()
        {
            _stop.Cancel();
            await _running;
        }

        public async Task KillAsync()
        {
            _ledger.Crash();
            _entries.Crash();
            _records.Crash();
            _vault.Crash();
            _process.Kill();
            await _running;
        }

        private async Task RunAsync(int number)
        {
            try
            {
                await _process.Run(async () =>
                {
                    var ports = new EnginePorts
                    {
                        Time = _process,
                        BootId = _process.BootId,
                        Random = new Random(number),
                        Transport = _world.Network,
                        Ledger = _ledger,
                        Entries = _entries,
                        Hasher = new SeededHasher(),
                        Secrets = _world,
                        Vault = _vault,
                        Markets = new MarketSessions(MarketCalendars.Shipped),
                    };
                    await using var engine = await Headgate.Engine.StartAsync(new EngineOptions(), ports, _world._catalogue, default);
                    _world.Engine = engine;
                    _world.Door = new EngineDoor(engine);
                    using var health = _world.Health = new DeskHealth(engine, _world.Options.HealthWindow, _world);
                    _world.Host = new CollectorHost(_world.Door, new EngineReadPlanner(engine), _records, _world.Options, health.Phases, _world.Collections.Add);
                    if (_world.Collects)
                    {
                        await _world.Host.RunAsync(_stop.Token);
                        return;
                    }

                    var stopped = new TaskCompletionSource();
                    await using var _ = _stop.Token.Register(stopped.SetResult);
                    await stopped.Task;
                });
            }
            catch (ProcessKilledException)
            {
                // The next one goes on from what was durable.
            }
        }
    }
}
