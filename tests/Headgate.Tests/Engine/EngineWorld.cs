using System.Text;
using Headgate.Catalogue;
using Headgate.Simulation;
using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Tests.Engine;

/// <summary>The real engine in virtual time, before an upstream written by the test.</summary>
internal sealed class EngineWorld
{
    public const string Yaml = """
        provider: test
        baseUrl: http://upstream.test
        identity:
          from: header Authorization
        limits:
          quote: { permits: 1, per: 1s, scope: limitKey }
          history: { permits: 3, per: 1s, scope: limitKey }
          daily: { permits: 25, per: 1 day in Etc/UTC at 00:00, scope: limitKey }
        defaultLimit: history
        deadline: 6.5s
        contentTypes: application/json
        endpoints:
          - name: quote
            match: GET /quote
            scope: entitled
            limits: [quote]
            batch: { parameter: i, style: repeated, max: 500, urlMax: 14KB, items: $.data, missing: omit, missingTtl: 10s }
            answers:
              ltp: [last_price]
            freshness: { ttl: 1s, stale: 10m }
          - name: ltp
            match: GET /ltp
            scope: entitled
            limits: [quote]
            batch: { parameter: i, style: repeated, max: 500, urlMax: 14KB, items: $.data, missing: omit, missingTtl: 10s }
            freshness: { ttl: 1s, stale: 10m }
          - { name: bars, match: 'GET /bars/{token}', scope: entitled, limits: [history], freshness: { ttl: 60s, stale: 1h } }
          - { name: scarce, match: 'GET /scarce/{token}', scope: entitled, limits: [daily], freshness: { ttl: 1s, stale: 10m } }
          - { name: positions, match: GET /positions, scope: account, limits: [history], freshness: { ttl: 0, stale: 1m } }
          - { name: orders, match: ANY /orders/**, scope: account, limits: [history], cache: never }
        errors:
          - { status: 429, as: limited }
          - { status: 403, as: unauthorized }
          - { status: 200, json: { note: slow }, as: limited }
        """;

    public EngineWorld(Func<UpstreamCall, DateTimeOffset, TwinReply>? upstream = null, string? yaml = null, EntryDisk? disk = null)
    {
        Time = new VirtualTime();
        Upstream = upstream ?? Echo;
        Transport = new TwinTransport(Time, (call, at) =>
        {
            Calls.Add(call);
            return Upstream(call, at);
        });
        Ledger = new MemoryLedger(Time) { CommitLatencyMax = TimeSpan.Zero };
        Entries = new MemoryEntryStore(disk ?? new EntryDisk(), Time);
        Catalogue = CatalogueLoader.Load([new CatalogueFile("test.yaml", yaml ?? Yaml)]);
    }

    public VirtualTime Time { get; }

    public TwinTransport Transport { get; }

    public MemoryLedger Ledger { get; }

    public MemoryEntryStore Entries { get; }

    public CatalogueModel Catalogue { get; set; }

    /// <summary>What the engine told its operator.</summary>
    public List<string> Notes { get; } = [];

    public Func<UpstreamCall, DateTimeOffset, TwinReply> Upstream { get; set; }

    public List<UpstreamCall> Calls { get; } = [];

    public Headgate.Engine Engine { get; private set; } = null!;

    public EngineOptions Options { get; set; } = new();

    /// <summary>Where watches are kept, or null.</summary>
    public Headgate.Refresh.IWatchStore? Watches { get; set; }

    /// <summary>The gate's own secrets, or null.</summary>
    public ISecretSource? Secrets { get; set; }

    /// <summary>Sessions of the markets.</summary>
    public IMarketSessions Markets { get; set; } = AlwaysOpenMarkets.Instance;

    public void Run(Func<Task> test) => Time.Run(async () =>
    {
        await StartAsync();
        await test();
    });

    public async Task StartAsync()
    {
        var ports = new EnginePorts
        {
            Time = Time,
            BootId = "boot",
            Random = new Random(1),
            Transport = Transport,
            Ledger = Ledger,
            Entries = Entries,
            Hasher = new SeededHasher(),
            Markets = Markets,
            Watches = Watches,
            Secrets = Secrets,
            Note = Notes.Add,
        };
        Engine = await Headgate.Engine.StartAsync(Options, ports, Catalogue, default);
    }

    public Demand Demand(string target, string credential = "alice", Freshness freshness = default, string method = "GET", int urgency = 3, string? client = null, TimeSpan? deadline = null)
    {
        var request = new ClientRequest { Method = method, Target = target, Headers = [new HeaderField("Authorization", credential)] };
        return new Demand
        {
            Plan = Engine.Plan(Catalogue.Providers["test"], request),
            Request = request,
            Freshness = freshness,
            Urgency = Urgency.Of(urgency),
            Client = client ?? credential,
            Deadline = deadline,
            RequestId = Engine.NextRequestId(),
        };
    }

    public async Task<FetchResult> Fetch(string target, string credential = "alice", Freshness freshness = default, int urgency = 3, string? client = null, TimeSpan? deadline = null)
    {
        var demand = Demand(target, credential, freshness, urgency: urgency, client: client, deadline: deadline);
        return Engine.TryFetch(demand, out var hit) ? hit : await Engine.FetchAsync(demand, default);
    }

    public async Task<FetchResult> Forward(string method, string target, string credential = "alice") =>
        await Engine.ForwardAsync(Demand(target, credential, method: method), default);

    public static string Text(FetchResult result)
    {
        if (result.Single is { } single)
        {
            return Encoding.UTF8.GetString(single.Envelope is { } around ? [.. around.Prefix.Span, .. single.Body.Span, .. around.Suffix.Span] : single.Body.Span);
        }

        var envelope = result.Items!.Take(result.Count).Select(entry => entry.Envelope!).MaxBy(candidate => candidate.SentAt)!;
        var items = result.Items!.Take(result.Count).Where(entry => !entry.IsNegative).Select(entry => Encoding.UTF8.GetString(entry.Body.Span));
        return Encoding.UTF8.GetString(envelope.Prefix.Span) + string.Join(Encoding.UTF8.GetString(envelope.Separator.Span), items) + Encoding.UTF8.GetString(envelope.Suffix.Span);
    }

    public static async Task<string> BodyOf(FetchResult result)
    {
        var buffer = new byte[64 << 10];
        var text = new StringBuilder();
        int read;
        while ((read = await result.Reply!.ReadAsync(buffer, default)) > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    public static IReadOnlyList<string> ItemsOf(UpstreamCall call) =>
        [.. call.Target[(call.Target.IndexOf('?') + 1)..].Split('&').Where(pair => pair.StartsWith("i=", StringComparison.Ordinal)).Select(pair => Uri.UnescapeDataString(pair[2..].Replace('+', ' ')))];

    public static TwinReply Json(string body, int status = 200, params (string Name, string Value)[] headers) => new(
        status,
        [new TwinHeader("Content-Type", "application/json"), .. headers.Select(header => new TwinHeader(header.Name, header.Value))],
        Encoding.UTF8.GetBytes(body));

    /// <summary>Quotes name the moment of their call; items that begin with X are unknown.</summary>
    public TwinReply Echo(UpstreamCall call, DateTimeOffset at)
    {
        var path = call.Target.Split('?')[0];
        if (path is "/quote" or "/ltp")
        {
            var items = ItemsOf(call).Where(item => !item.StartsWith('X')).Select(item =>
                path == "/quote" ? $"\"{item}\":{{\"last_price\":63.80,\"n\":{Calls.Count},\"at\":9007199254740993}}" : $"\"{item}\":{{\"last_price\":63.80}}");
            return Json($"{{\"status\":\"success\",\"data\":{{{string.Join(',', items)}}}}}");
        }

        return Json($"{{\"path\":\"{path}\",\"n\":{Calls.Count}}}");
    }
}
