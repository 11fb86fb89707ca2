using Headgate.Catalogue;
using Headgate.Simulation;
using Headgate.Upstreams;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Strategies.Tests.Live;

/// <summary>The real engine with the shipped catalogue before the strict emulated Kite Connect, in virtual time.</summary>
internal sealed class KiteWorld
{
    public static readonly TimeSpan India = new(5, 30, 0);

    // A Friday, 15:00 in India: the session is still running.
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 15, 0, 0, India);

    public KiteWorld(string secret = "demo:demo-access")
    {
        Tape = new SyntheticTape(7, Start, [new("NIFTY 50", 2_450_000, IsIndex: true), new("INFY", 150_000)]);
        Twin = new KiteTwin(new KiteOptions(Tape) { InstrumentRows = 0 });
        Time = new VirtualTime(Start);
        Secret = secret;
    }

    public VirtualTime Time { get; }

    public SyntheticTape Tape { get; }

    public KiteTwin Twin { get; }

    public Engine Engine { get; private set; } = null!;

    /// <summary>Targets of the calls that left the gate.</summary>
    public List<string> Calls { get; } = [];

    private string Secret { get; }

    public void Run(Func<Task> test) => Time.Run(async () =>
    {
        var transport = new TwinTransport(Time, Twin) { Sending = call => Calls.Add(call.Target) };
        var ports = new EnginePorts
        {
            Time = Time,
            BootId = "boot",
            Random = new Random(1),
            Transport = transport,
            Ledger = new MemoryLedger(Time) { CommitLatencyMax = TimeSpan.Zero },
            Entries = new MemoryEntryStore(Time),
            Hasher = new SeededHasher(),
            Markets = AlwaysOpenMarkets.Instance,
            Secrets = new OneSecret(Secret),
        };
        Engine = await Engine.StartAsync(new EngineOptions(), ports, CatalogueLoader.LoadShipped([]), default);
        await test();
    });

    /// <summary>What the exchange printed from a day to another, both included.</summary>
    public IReadOnlyList<(DateOnly Date, decimal Close)> Printed(string symbol, DateOnly from, DateOnly to) =>
        [.. Tape.Days(symbol, At(from), At(to), Time.TrueNow).Select(bar => (DateOnly.FromDateTime(bar.Start.ToOffset(India).Date), bar.Close))];

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), India);

    private sealed class OneSecret(string value) : ISecretSource
    {
        public string? Find(string name) => string.Equals(name, "KITE_AUTHORIZATION", StringComparison.Ordinal) ? value : null;
    }
}
