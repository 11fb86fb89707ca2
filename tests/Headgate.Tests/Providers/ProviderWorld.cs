using System.Text;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Simulation;
using Headgate.Tests.Engine;
using Headgate.Upstreams;
using Headgate.Upstreams.Faults;

namespace Headgate.Tests.Providers;

/// <summary>The real engine with a shipped definition before that provider's strict twin, in virtual time.</summary>
internal sealed class ProviderWorld
{
    private static readonly CatalogueModel Shipped = CatalogueLoader.LoadShipped();
    private readonly ProviderCase _case;

    public ProviderWorld(ProviderCase provider, int seed = 1, TimeSpan latencyMax = default)
    {
        _case = provider;
        Twin = provider.Twin();
        Time = new VirtualTime();
        var chance = new Random(seed);
        Transport = new TwinTransport(Time, (call, at) => Reshape(Twin.Handle(TwinTransport.ToRequest(call), at)));
        if (latencyMax > TimeSpan.Zero)
        {
            Transport.Fate = _ => new NetworkFate(TimeSpan.FromTicks(chance.NextInt64(latencyMax.Ticks)), TimeSpan.FromTicks(chance.NextInt64(latencyMax.Ticks)));
        }

        Ledger = new MemoryLedger(Time) { CommitLatencyMax = TimeSpan.Zero };
    }

    public ITwin Twin { get; }

    /// <summary>What becomes of the twin's answers on their way.</summary>
    public Func<TwinReply, TwinReply> Reshape { get; set; } = static reply => reply;

    /// <summary>Exceptions that no caller was told of.</summary>
    public List<Exception> Problems { get; } = [];

    public VirtualTime Time { get; }

    public TwinTransport Transport { get; }

    public MemoryLedger Ledger { get; }

    public Headgate.Engine Engine { get; private set; } = null!;

    private long _arrivalsBefore;

    /// <summary>Calls that arrived since the test began.</summary>
    public long Arrivals => Twin.Counters.Arrivals - _arrivalsBefore;

    public void Run(Func<ProviderWorld, Task> test) => Time.Run(async () =>
    {
        Engine = await Headgate.Engine.StartAsync(
            new EngineOptions(),
            new EnginePorts
            {
                Time = Time,
                BootId = "boot",
                Random = new Random(1),
                Transport = Transport,
                Ledger = Ledger,
                Entries = new MemoryEntryStore(Time),
                Hasher = new SeededHasher(),
                Markets = AlwaysOpenMarkets.Instance,
                Report = Problems.Add,
            },
            Shipped,
            default);
        if (_case.WarmUp is { } warmUp)
        {
            (await Get(warmUp)).Status.ShouldBe(200);
            await Task.Delay(TimeSpan.FromSeconds(2), Time);
            _arrivalsBefore = Twin.Counters.Arrivals;
        }

        await test(this);
    });

    /// <summary>A GET as a client of this provider sends it.</summary>
    public async Task<Seen> Get(string target, string? key = null, TimeSpan? deadline = null, Freshness freshness = default, int urgency = 3)
    {
        var request = _case.Request("GET", target, key ?? "demo");
        var demand = DemandOf(request, deadline, freshness, urgency);
        if (!demand.Plan.Endpoint.Cacheable)
        {
            return await Seen.OfAsync(await Engine.ForwardAsync(demand, default), Time.Elapsed);
        }

        return await Seen.OfAsync(Engine.TryFetch(demand, out var hit) ? hit : await Engine.FetchAsync(demand, default), Time.Elapsed);
    }

    /// <summary>A write as a client of this provider sends it.</summary>
    public async Task<Seen> Write(string method, string target, string body, string contentType = "application/json", string? key = null, TimeSpan? deadline = null) =>
        await Seen.OfAsync(await Engine.ForwardAsync(DemandOf(_case.Request(method, target, key ?? "demo", body, contentType), deadline, default, 3), default), Time.Elapsed);

    public void Fault(TwinFault fault, int count = 1) => Twin.Faults.Add(new FaultRule(fault) { Next = count });

    private Demand DemandOf(ClientRequest request, TimeSpan? deadline, Freshness freshness, int urgency) => new()
    {
        Plan = Engine.Plan(Shipped.Find(_case.Name)!, request),
        Request = request,
        Freshness = freshness,
        Urgency = Urgency.Of(urgency),
        Client = "test",
        Deadline = deadline ?? _case.Patience,
        RequestId = Engine.NextRequestId(),
    };
}

/// <summary>What a client sees.</summary>
internal sealed record Seen(FetchKind Kind, int Status, string Body, string? Reason, RefusalKind? Refusal, long At)
{
    public static async Task<Seen> OfAsync(FetchResult result, long at)
    {
        if (result.Kind == FetchKind.Refused)
        {
            return new Seen(result.Kind, result.Refusal!.Status, "", result.Reason, result.Refusal.Kind, at);
        }

        if (result.Reply is { } reply)
        {
            return new Seen(result.Kind, reply.Status, await EngineWorld.BodyOf(result), result.Reason, null, at);
        }

        return new Seen(result.Kind, result.Single?.Status ?? 200, Written(result), result.Reason, null, at);
    }

    private static string Written(FetchResult result)
    {
        var entries = result.Single is { } single ? [single] : result.Items!.Take(result.Count).ToArray();
        var envelope = entries.Select(entry => entry.Envelope).OfType<Envelope>().MaxBy(candidate => candidate.SentAt);
        var items = string.Join(Text(envelope?.Separator), entries.Where(entry => !entry.Body.IsEmpty).Select(entry => Text(entry.Body)));
        return Text(envelope?.Prefix) + items + Text(envelope?.Suffix);
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } known ? Encoding.UTF8.GetString(known.Span) : "";
}
