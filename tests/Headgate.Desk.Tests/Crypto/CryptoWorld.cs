using Headgate.Catalogue;
using Headgate.Desk.Crypto;
using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Doors;
using Headgate.Simulation;
using Headgate.Upstreams;
using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Providers;

namespace Headgate.Desk.Tests.Crypto;

/// <summary>The crypto desk over the real engine, before strict emulations of Cryptometer and KingFisher, in virtual time.</summary>
internal sealed class CryptoWorld : ISecretSource
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    public static readonly CryptoSymbol Avax = CryptoSymbol.Parse("AVAX");
    public static readonly CryptoSymbol Btc = CryptoSymbol.Parse("BTC");

    private static readonly CatalogueModel Shipped = new CatalogueSource([]).Load();

    public CryptoWorld(CryptometerOptions? cryptometer = null)
    {
        Cryptometer = new CryptometerTwin(cryptometer ?? new CryptometerOptions { Pairs = 50 });
        Network = new TwinTransport(Time, Cryptometer, KingFisher);
    }

    public VirtualTime Time { get; } = new(Start);

    public CryptometerTwin Cryptometer { get; }

    public KingFisherTwin KingFisher { get; } = new();

    public TwinTransport Network { get; }

    public MemoryRecords Records { get; } = new();

    public MemoryEntryStore Entries { get; private set; } = null!;

    public Headgate.Engine Engine { get; private set; } = null!;

    public IDeskDoor Door { get; private set; } = null!;

    public CryptoReader Reader { get; private set; } = null!;

    /// <summary>Calls of an endpoint of Cryptometer, by the first segment of its path; of all without one.</summary>
    public long Calls(string? path = null)
    {
        var counts = Cryptometer.Counters.Snapshot();
        return path is null ? counts.Arrivals : counts.ArrivalsByEndpoint.GetValueOrDefault(path);
    }

    public string? Find(string name) => name is "CRYPTOMETER_API_KEY" or "KINGFISHER_TOKEN" ? "demo" : null;

    public void Fail(TwinFault fault, int? next = null, string? endpoint = null) => Cryptometer.Faults.Add(new FaultRule(fault) { Next = next, Class = endpoint });

    /// <summary>What Cryptometer says with status 200.</summary>
    public void Say(string body, int? next = null) => Fail(new TwinFault(TwinFaultKind.CustomBody) { Status = 200, Body = System.Text.Encoding.UTF8.GetBytes(body) }, next);

    public ValueTask<CryptoValue> Get(string endpoint, CryptoFreshness? freshness = null, CryptoSymbol? symbol = null) =>
        Reader.GetAsync(CryptoRegistry.Shipped.Find(endpoint)!, symbol ?? Avax, freshness ?? new CryptoFreshness(), default);

    public Task Wait(double seconds) => Time.Delay(TimeSpan.FromSeconds(seconds));

    public void Run(Func<Task> test) => Time.Run(async () =>
    {
        Entries = new MemoryEntryStore(Time);
        await using var engine = await Headgate.Engine.StartAsync(
            new EngineOptions(),
            new EnginePorts
            {
                Time = Time,
                BootId = "boot",
                Random = new Random(1),
                Transport = Network,
                Ledger = new MemoryLedger(Time),
                Entries = Entries,
                Hasher = new SeededHasher(1),
                Secrets = this,
                Markets = AlwaysOpenMarkets.Instance,
                Report = problem => throw new InvalidOperationException("The engine reported a failure.", problem),
            },
            Shipped,
            default);
        Engine = engine;
        Door = new EngineDoor(engine);
        Reader = new CryptoReader(Door, CryptoRegistry.Shipped);
        await test();
        Cryptometer.Counters.Violations.ShouldBe(0);
        KingFisher.Counters.Violations.ShouldBe(0);
        Time.ForeignPosts.ShouldBe(0);
    });

    public Headgate.Reports.EndpointStats Stats(string endpoint) => Engine.Stats().Single(stats => stats.Endpoint == endpoint);
}
