using Headgate.Catalogue;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Collectors.Planning;
using Headgate.Desk.Doors;
using Headgate.Desk.Tests.Support;
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

    /// <summary>What outlives a process.</summary>
    public FleetStores Stores { get; } = new();

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
    public EngineLife Begin() => new(Time, Stores, ++_lives, async (life, stop) =>
    {
        await using var engine = Engine = await Headgate.Engine.StartAsync(new EngineOptions(), life.Ports(Network, new MarketSessions(MarketCalendars.Shipped), this), _catalogue, default);
        Door = new EngineDoor(engine);
        using var health = Health = new DeskHealth(engine, Options.HealthWindow, this);
        Host = new CollectorHost(Door, new EngineReadPlanner(engine), life.Records, Options, health.Phases, Collections.Add);
        if (Collects)
        {
            await Host.RunAsync(stop);
            return;
        }

        var stopped = new TaskCompletionSource();
        await using var _ = stop.Register(stopped.SetResult);
        await stopped.Task;
    });

    /// <summary>The same, once its engine has started.</summary>
    public async Task<EngineLife> BeginAsync()
    {
        var life = Begin();
        await Time.Delay(TimeSpan.FromMilliseconds(1));
        return life;
    }
}
