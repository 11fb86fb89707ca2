using Headgate.Catalogue;
using Headgate.Desk.Days;
using Headgate.Desk.Doors;
using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;
using Headgate.Upstreams.CoinbaseAdvanced;
using Headgate.Upstreams.Providers;
using Headgate.Upstreams.Tapes;

namespace Headgate.Desk.Tests.Fleet;

/// <summary>The fleet over the real engine, before a strict emulation of Coinbase Advanced Trade, in virtual time; processes may be killed.</summary>
internal sealed class FleetWorld
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private static readonly CatalogueModel Shipped = new CatalogueSource([]).Load();
    private readonly CatalogueModel _catalogue;
    private int _lives;

    public FleetWorld(FleetOptions? options = null, CatalogueModel? catalogue = null, IMarketTape? tape = null, int seed = 1)
    {
        Options = options ?? new FleetOptions();
        _catalogue = catalogue ?? Shipped;
        Time = new VirtualTime(Start);
        Tape = tape ?? FleetDay.Market(seed, Start, Options.Pairs);
        Twin = new CoinbaseAdvancedTwin(new CoinbaseAdvancedOptions(Tape) { Unsigned = ["demo"] });
        Network = new TwinTransport(Time, Twin) { Fate = _ => IsDown ? new NetworkFate(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30), NetworkFault.Refused) : new NetworkFate(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30)) };
    }

    public FleetOptions Options { get; set; }

    public VirtualTime Time { get; }

    public IMarketTape Tape { get; }

    public CoinbaseAdvancedTwin Twin { get; }

    public TwinTransport Network { get; }

    /// <summary>While true nothing reaches the exchange.</summary>
    public bool IsDown { get; set; }

    public List<BotDecision> Decisions { get; } = [];

    /// <summary>What was refused to orders and look-ups of them.</summary>
    public List<DeskAnswer> TradingRefused { get; } = [];

    /// <summary>What outlives a process.</summary>
    public FleetStores Stores { get; } = new();

    /// <summary>Wraps the records of the next life.</summary>
    public Func<IRecordStore, IRecordStore> Wrap { get; set; } = static store => store;

    /// <summary>The running engine.</summary>
    public Headgate.Engine Engine { get; private set; } = null!;

    /// <summary>The running fleet.</summary>
    public FleetHost Host { get; private set; } = null!;

    public long ReadsOf(params string[] endpoints) => Twin.Counters.Snapshot().ArrivalsByEndpoint.Where(both => endpoints.Contains(both.Key)).Sum(both => both.Value);

    public long Reads => ReadsOf("market-products", "market-product", "market-candles", "market-ticker", "best-bid-ask", "accounts");

    public void Run(Func<Task> test) => Time.Run(test);

    /// <summary>A process: engine and fleet; it ends when it is told or killed.</summary>
    public EngineLife Begin() => new(Time, Stores, ++_lives, async (life, stop) =>
    {
        await using var engine = await Headgate.Engine.StartAsync(new EngineOptions(), life.Ports(Network, AlwaysOpenMarkets.Instance), _catalogue, default);
        Engine = engine;
        var door = new WatchingDoor(new EngineDoor(engine), TradingRefused.Add);
        Host = new FleetHost(new FleetExchange(door, new UnsignedTokens()), Wrap(life.Records), Options, Decisions.Add);
        await Host.RunAsync(stop);
    });

    private sealed class WatchingDoor(IDeskDoor inner, Action<DeskAnswer> refused) : IDeskDoor
    {
        public TimeProvider Time => inner.Time;

        public async ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation) => Note(ask.Urgency, await inner.AskAsync(ask, cancellation));

        public async ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation) => Note(message.Urgency, await inner.SendAsync(message, cancellation));

        private DeskAnswer Note(int urgency, DeskAnswer answer)
        {
            if (urgency == 0 && answer.Refusal is not null)
            {
                refused(answer);
            }

            return answer;
        }
    }
}
