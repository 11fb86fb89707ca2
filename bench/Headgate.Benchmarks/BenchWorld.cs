using System.Text;
using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Simulation;
using Headgate.Upstream;

namespace Headgate.Benchmarks;

/// <summary>The real engine with the shipped Kite definition, in-memory ports and an upstream that answers at once, on the system clock.</summary>
internal sealed class BenchWorld
{
    private readonly HeaderField[] _headers = [new("Authorization", "token bench:bench"), new("X-Kite-Version", "3")];

    /// <param name="options">Null for the benchmarks' own.</param>
    /// <param name="transport">Null for <see cref="Transport"/>.</param>
    /// <param name="ledger">Null for the simulation's, which keeps what it is told.</param>
    public BenchWorld(EngineOptions? options = null, IUpstreamTransport? transport = null, ILedger? ledger = null)
    {
        Transport = new InstantTransport();
        Catalogue = CatalogueLoader.Load([new CatalogueFile("bench.yaml", Definition)]);
        Engine = Engine.StartAsync(
            options ?? new EngineOptions { MemoryBytesMax = 8L << 30, Linger = TimeSpan.Zero },
            new EnginePorts
            {
                Time = TimeProvider.System,
                BootId = "bench",
                Random = new Random(1),
                Transport = transport ?? Transport,
                Ledger = ledger ?? new MemoryLedger(new VirtualTime()) { CommitLatencyMax = TimeSpan.Zero },
                Entries = new NoStore(),
                Hasher = new SeededHasher(),
                Markets = AlwaysOpenMarkets.Instance,
            },
            Catalogue,
            CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    // Limits wide enough never to be met: what is measured is the engine, not its patience.
    private const string Definition = """
        provider: bench
        baseUrl: http://127.0.0.1:1
        identity: { from: header Authorization }
        limits: { wide: { permits: 1000000000, per: 1s, scope: limitKey } }
        defaultLimit: wide
        contentTypes: application/json
        endpoints:
          - name: quote
            match: GET /quote
            scope: entitled
            limits: [wide]
            batch: { parameter: i, style: repeated, max: 500, urlMax: 14KB, items: $.data, missing: omit, missingTtl: 10s }
            freshness: { ttl: 1h, stale: 1h }
          - { name: one, match: 'GET /one/{id}', scope: entitled, limits: [wide], freshness: { ttl: 1h, stale: 1h } }
        """;

    public Engine Engine { get; }

    public CatalogueModel Catalogue { get; }

    public InstantTransport Transport { get; }

    public Demand Demand(string target, Freshness freshness = default, long requestId = 1)
    {
        var request = new ClientRequest { Method = "GET", Target = target, Headers = _headers };
        return new Demand { Plan = Engine.Plan(Catalogue.Providers["bench"], request), Request = request, Freshness = freshness, Client = "bench", RequestId = requestId };
    }

    public static string Quotes(int from, int count) => "/quote?" + string.Join('&', Enumerable.Range(from, count).Select(i => $"i=NSE:S{i}"));

    public static byte[] Quote(string item, int bytes)
    {
        var quote = $"\"{item}\":{{\"last_price\":63.80,\"pad\":\"";
        return Encoding.UTF8.GetBytes(quote + new string('x', Math.Max(0, bytes - quote.Length - 3)) + "\"}");
    }
}
