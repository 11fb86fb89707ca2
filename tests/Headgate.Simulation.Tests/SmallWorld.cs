using Headgate.Upstreams.Faults;

namespace Headgate.Simulation.Tests;

/// <summary>A soak's upstream and gate without chance: what a failing seed found, told in a few lines.</summary>
internal sealed class SmallWorld
{
    public static readonly SoakClient Desk = SoakClient.All[0];
    public static readonly SoakClient Night = SoakClient.All[2];
    public static readonly SoakClient Late = SoakClient.All[4];

    private readonly SoakPlan _plan;
    private readonly LedgerDisk _ledgerDisk = new();
    private readonly EntryDisk _entryDisk = new();
    private int _number;

    public SmallWorld(int daily = 0)
    {
        _plan = SoakPlan.Of(1, SoakFocus.All) with
        {
            Permits = 3, Window = TimeSpan.FromSeconds(1), Daily = daily, CallTimeout = TimeSpan.FromSeconds(5), BatchMax = 5, HasAsOf = false, Skew = TimeSpan.Zero,
            MemoryBytes = SoakPlan.AmpleMemory, Revalidate = TimeSpan.Zero, ReservePercent = 0, ClosesAfter = null, Watches = 0,
        };
        Faults = new FaultPlan(new Random(1));
        Twin = new SoakTwin(_plan, Faults);
        Network = new TwinTransport(Time, (call, at) => Twin.HandleAt(TwinTransport.ToRequest(call), at)) { Fate = _ => Way(1, 1) };
        Gate = NewGate();
    }

    public VirtualTime Time { get; } = new();

    public FaultPlan Faults { get; }

    public SoakTwin Twin { get; }

    public TwinTransport Network { get; }

    public SoakGate Gate { get; private set; }

    public static NetworkFate Way(int outMs, int backMs, NetworkFault fault = NetworkFault.None) =>
        new(TimeSpan.FromMilliseconds(outMs), TimeSpan.FromMilliseconds(backMs), fault);

    /// <summary>Starts the gate and tells the story.</summary>
    public void Run(Func<Task> story) => Time.Run(async () =>
    {
        await Gate.StartAsync(_plan, 1, Sabotage.None, new MemoryWatchStore());
        await story();
    });

    public async Task RestartAsync()
    {
        Gate.Kill();
        Gate = NewGate();
        await Gate.StartAsync(_plan, 2, Sabotage.None, new MemoryWatchStore());
    }

    public Task PauseAsync(double seconds) => Time.Delay(TimeSpan.FromSeconds(seconds));

    public async Task<SoakAnswer> AskAsync(SoakClient client, string path, string[] items, Freshness freshness = default, double? deadline = null)
    {
        var ask = new SoakAsk
        {
            Number = ++_number,
            Client = client,
            Method = "GET",
            Path = path,
            Items = items,
            Freshness = freshness,
            Deadline = deadline is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        using var leaving = new CancellationTokenSource();
        return (await Gate.AskAsync(ask, leaving, Sabotage.None))!;
    }

    private SoakGate NewGate()
    {
        var process = new VirtualProcess(Time);
        var ledger = new MemoryLedger(_ledgerDisk, Time, new Random(1)) { CommitLatencyMax = TimeSpan.FromMilliseconds(1) };
        return new SoakGate(Time, process, ledger, new MemoryEntryStore(_entryDisk, Time), Network);
    }
}
