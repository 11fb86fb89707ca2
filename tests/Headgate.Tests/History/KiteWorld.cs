using System.Globalization;
using System.Text;
using Headgate.Catalogue;
using Headgate.History;
using Headgate.Markets;
using Headgate.Simulation;
using Headgate.Upstream;
using Headgate.Upstreams;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Tests.History;

/// <summary>The real engine and the shipped definition before the emulated Kite Connect, in virtual time; and a second one asked directly.</summary>
internal sealed class KiteWorld
{
    public const uint Infosys = 408065;
    private static readonly TimeSpan India = new(5, 30, 0);

    private readonly CatalogueModel _catalogue = CatalogueLoader.Load(
        [new CatalogueFile("kite.yaml", File.ReadAllText(Headgate.Testing.Repository.Path("catalogue", "kite.yaml")))]);

    private readonly Func<KiteTwin> _twin;
    private readonly KiteTwin _upstream;
    private KiteTwin? _direct;
    private DateTimeOffset _directAt;

    public KiteWorld(DateTimeOffset start, IMarketTape? tape = null)
    {
        Time = new VirtualTime(start);
        _twin = () => new KiteTwin(new KiteOptions(tape ?? new SyntheticTape(7, start, SyntheticUniverse.Nse(20))) { InstrumentRows = 0, Accounts = [KiteAccount.Demo, new("other", "x", "U2")] });
        _upstream = _twin();
        Transport = new TwinTransport(Time, (call, at) =>
        {
            Calls.Add(call);
            return Answer?.Invoke(call) ?? _upstream.Handle(TwinTransport.ToRequest(call), at);
        });
        Ledger = new MemoryLedger(Time) { CommitLatencyMax = TimeSpan.Zero };
        Entries = new MemoryEntryStore(Time);
        Store = new MemoryHistoryStore(Disk, Time);
    }

    public VirtualTime Time { get; }

    public TwinTransport Transport { get; }

    public MemoryLedger Ledger { get; }

    public MemoryEntryStore Entries { get; }

    public HistoryDisk Disk { get; } = new();

    public MemoryHistoryStore Store { get; private set; }

    public List<UpstreamCall> Calls { get; } = [];

    public EngineOptions Options { get; set; } = new();

    /// <summary>Answers in the twin's place, where it is not null.</summary>
    public Func<UpstreamCall, TwinReply?>? Answer { get; set; }

    public Headgate.Engine Engine { get; private set; } = null!;

    public static DateTimeOffset At(string india) => new(DateTime.ParseExact(india, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), India);

    public static string Target(string interval, string from, string to, uint token = Infosys, string more = "") =>
        $"/instruments/historical/{token}/{interval}?from={Encode(from)}&to={Encode(to)}{more}";

    public void Run(Func<Task> test) => Time.Run(async () =>
    {
        await StartAsync();
        await test();
    });

    public async Task StartAsync() => Engine = await Headgate.Engine.StartAsync(
        Options,
        new EnginePorts
        {
            Time = Time,
            BootId = "boot",
            Random = new Random(1),
            Transport = Transport,
            Ledger = Ledger,
            Entries = Entries,
            History = Store,
            Hasher = new SeededHasher(),
            Secrets = new DemoSecret(),
            Markets = new MarketSessions(MarketCalendars.Shipped),
            Report = problem => throw new InvalidOperationException("inside the engine", problem),
        },
        _catalogue,
        default);

    /// <summary>kill -9 after so many more steps of what the history store has queued, and a new process on the same disk.</summary>
    public async Task RestartAsync(int afterSteps)
    {
        Store.Crash(afterSteps);
        Store = new MemoryHistoryStore(Disk, Time);
        await StartAsync();
    }

    public Demand Demand(string target, Freshness freshness = default, string credential = KiteTwin.DemoCredential, int urgency = 3, TimeSpan? deadline = null)
    {
        var request = new ClientRequest { Method = "GET", Target = target, Headers = [new HeaderField("Authorization", credential), new HeaderField("X-Kite-Version", "3")] };
        return new Demand
        {
            Plan = Engine.Plan(_catalogue.Providers["kite"], request),
            Request = request,
            Freshness = freshness,
            Urgency = Urgency.Of(urgency),
            Client = "bot",
            Deadline = deadline ?? TimeSpan.FromMinutes(1),
        };
    }

    public async Task<FetchResult> Ask(string target, Freshness freshness = default, string credential = KiteTwin.DemoCredential, TimeSpan? deadline = null)
    {
        var demand = Demand(target, freshness, credential, deadline: deadline);
        return Engine.TryFetch(demand, out var hit) ? hit : await Engine.FetchAsync(demand, default);
    }

    /// <summary>Asks, and holds that the answer is byte for byte what a direct call would have brought at this moment.</summary>
    public async Task<FetchResult> AskExactly(string target, Freshness freshness = default)
    {
        var result = await Ask(target, freshness);
        Text(result).ShouldBe(Direct(target));
        return result;
    }

    /// <summary>What the upstream itself says now; no limit is spent and no call counted.</summary>
    public string Direct(string target)
    {
        // A second twin, made anew only where its limits would be in the way.
        if (_direct is null || Time.TrueNow - _directAt <= TimeSpan.FromSeconds(1))
        {
            _direct = _twin();
        }

        _directAt = Time.TrueNow;
        var reply = _direct.Handle(
            new TwinRequest("GET", target, [new("Authorization", KiteTwin.DemoCredential), new("X-Kite-Version", "3")], ReadOnlyMemory<byte>.Empty), Time.TrueNow);
        return Encoding.UTF8.GetString(reply.Body.Span);
    }

    public static string Text(FetchResult result) => Encoding.UTF8.GetString(result.Single.ShouldNotBeNull($"{result.Kind} {result.Refusal}").Body.Span);

    /// <summary>The bounds of the calls made since the last look.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        var calls = Calls.Select(call => Uri.UnescapeDataString(call.Target[(call.Target.IndexOf('?') + 1)..].Replace('+', ' '))).ToList();
        Calls.Clear();
        return calls;
    }

    private static string Encode(string bound) => bound.Replace(' ', '+').Replace(":", "%3A", StringComparison.Ordinal);

    private sealed class DemoSecret : ISecretSource
    {
        public string? Find(string name) => string.Equals(name, "KITE_AUTHORIZATION", StringComparison.Ordinal) ? "demo:demo-access" : null;
    }
}
