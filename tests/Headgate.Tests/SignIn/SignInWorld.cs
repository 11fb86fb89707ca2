using Headgate.Catalogue;
using Headgate.SignIn;
using Headgate.Simulation;
using Headgate.Tests.Engine;
using Headgate.Tests.Providers;
using Headgate.Upstream;
using Headgate.Upstreams;
using Headgate.Upstreams.Faults;

namespace Headgate.Tests.SignIn;

/// <summary>Gates, one after another or side by side, over one vault and before one provider's strict twin, in virtual time.</summary>
internal sealed class SignInWorld : ISecretSource
{
    private readonly LedgerDisk _ledgers = new();
    private readonly Random _chance;
    private int _seed;

    public SignInWorld(ITwin twin, int seed = 1, CatalogueModel? catalogue = null)
    {
        Twin = twin;
        Catalogue = catalogue ?? CatalogueLoader.LoadShipped();
        Time = new VirtualTime();
        Transport = new TwinTransport(Time, (call, at) =>
        {
            Calls.Add(call);
            return Redirect is { } elsewhere
                ? new TwinReply(302, [new TwinHeader("Location", elsewhere), new TwinHeader("Set-Cookie", "A3=d=1")], default)
                : Twin.Handle(TwinTransport.ToRequest(call), at);
        });
        _chance = new Random(seed);
    }

    /// <summary>What every call is sent on to, or null.</summary>
    public string? Redirect { get; set; }

    public ITwin Twin { get; }

    public CatalogueModel Catalogue { get; }

    public VirtualTime Time { get; }

    public TwinTransport Transport { get; }

    public VaultDisk Vault { get; } = new();

    public List<UpstreamCall> Calls { get; } = [];

    /// <summary>What the operator supplied.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public int Logins => Calls.Count(call => call.Target.StartsWith("/oauth2/token", StringComparison.Ordinal));

    public string? Find(string name) => Secrets.GetValueOrDefault(name);

    public void Run(Func<Task> test)
    {
        Time.Run(test);
        Time.ForeignPosts.ShouldBe(0);
    }

    public void Fault(TwinFault fault, string? path = null, int count = 1) => Twin.Faults.Add(new FaultRule(fault) { Next = count, PathPrefix = path });

    /// <summary>A new life of the gate.</summary>
    public async Task<Gate> StartAsync(Action<Gate>? before = null, LedgerDisk? ledgers = null)
    {
        var process = new VirtualProcess(Time);
        var gate = new Gate(this, process, new MemoryLedger(ledgers ?? _ledgers, Time, _chance) { CommitLatencyMax = TimeSpan.FromMilliseconds(1) }, new MemoryTokenVault(Vault, Time, _chance));
        before?.Invoke(gate);
        await process.Run(async () => gate.Engine = await Headgate.Engine.StartAsync(
            new EngineOptions(),
            new EnginePorts
            {
                Time = process,
                BootId = process.BootId,
                Random = new Random(++_seed),
                Transport = Transport,
                Ledger = gate.Ledger,
                Entries = new MemoryEntryStore(Time),
                Hasher = new SeededHasher(),
                Secrets = this,
                Vault = gate.Vault,
                Alert = gate.Alerts.Add,
                Report = gate.Problems.Add,
                Markets = AlwaysOpenMarkets.Instance,
            },
            Catalogue,
            default));
        return gate;
    }

    internal sealed class Gate(SignInWorld world, VirtualProcess process, MemoryLedger ledger, MemoryTokenVault vault)
    {
        public Headgate.Engine Engine { get; set; } = null!;

        public MemoryLedger Ledger => ledger;

        public MemoryTokenVault Vault => vault;

        public VirtualProcess Process => process;

        public List<OperatorAlert> Alerts { get; } = [];

        public List<Exception> Problems { get; } = [];

        /// <summary>Asks as the edge does, by default without a credential.</summary>
        public Task<Seen> Get(string target, string? authorization = null, TimeSpan? deadline = null, params HeaderField[] headers) =>
            Send("GET", target, authorization, deadline, headers: headers);

        public Task<Seen> Send(string method, string target, string? authorization = null, TimeSpan? deadline = null, string? form = null, Uri? address = null, params HeaderField[] headers) => process.Run(async () =>
        {
            var request = new ClientRequest
            {
                Method = method,
                Target = target,
                Headers = authorization is null ? headers : [new HeaderField("Authorization", authorization), .. headers],
                Body = form is null ? default : System.Text.Encoding.UTF8.GetBytes(form),
                HasBody = form is not null,
            };
            var demand = new Demand
            {
                Plan = Engine.Plan(world.Catalogue.Find(world.Twin.Name)!, request),
                Request = request,
                Client = "test",
                Deadline = deadline,
                GateAddress = address,
                RequestId = Engine.NextRequestId(),
            };
            var result = !demand.Plan.Endpoint.Cacheable || method != "GET" ? await Engine.ForwardAsync(demand, default)
                : Engine.TryFetch(demand, out var hit) ? hit
                : await Engine.FetchAsync(demand, default);
            var seen = await Seen.OfAsync(result, world.Time.Elapsed);
            LastReply = result.Reply;
            LastDetail = result.Refusal?.Detail;
            return seen;
        });

        public PassedReply? LastReply { get; private set; }

        public string? LastDetail { get; private set; }

        public void Kill()
        {
            ledger.Crash();
            vault.Crash();
            process.Kill();
        }
    }
}
