using System.Text;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Explain;
using Headgate.History;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Gateway.Tests.Support;

/// <summary>An engine whose answers a test dictates; it notes what it was asked.</summary>
internal sealed class ScriptedEngine : IEngineDoor
{
    private long _requests;

    public ScriptedEngine(params ProviderModel[] providers) => Catalogue = new CatalogueModel(providers.Length > 0 ? providers : [Models.Provider("test")]);

    public CatalogueModel Catalogue { get; set; }

    public EngineClock Clock { get; } = new(TimeProvider.System, "boot");

    public string? StoreError { get; set; }

    public bool IsLedgerWritable { get; set; } = true;

    public (int Count, long Bytes) MemoryUse => (3, 1_000);

    public Func<Demand, FetchResult?> Hit { get; set; } = _ => null;

    public Func<Demand, CancellationToken, Task<FetchResult>> Fetch { get; set; } = (_, _) => Task.FromResult(Results.Refused(RefusalKind.NotCached, 504));

    public Func<Demand, CancellationToken, Task<FetchResult>> Forward { get; set; } = (demand, _) => Task.FromResult(Results.Passed(200, demand.Request.Method));

    public List<Demand> Fetched { get; } = [];

    public List<Demand> Forwarded { get; } = [];

    public List<Demand> Tried { get; } = [];

    public int Planned { get; private set; }

    public RequestPlan Plan(ProviderModel provider, ClientRequest request)
    {
        Planned++;
        var endpoint = request.Target.StartsWith("/orders", StringComparison.Ordinal) ? provider.Passthrough : provider.Endpoints[0];
        return new RequestPlan
        {
            Provider = provider,
            Endpoint = endpoint,
            Identity = Identities.None,
            Target = request.Target,
            SafeTarget = request.Target,
            Items = [new PlannedItem(new ItemKey(endpoint.Id, default, request.Target), "")],
            Variant = new CallVariant(endpoint.Id, request.Target, "", default),
            LimitKeys = [],
            InjectedHeaders = provider.Inject.Count > 0 && request.Header("Authorization") is null ? [new HeaderField("Authorization", "token s")] : [],
        };
    }

    public bool TryFetch(Demand demand, out FetchResult result)
    {
        lock (Tried)
        {
            Tried.Add(demand);
        }

        var hit = Hit(demand);
        result = hit ?? default;
        return hit is not null;
    }

    public async ValueTask<FetchResult> FetchAsync(Demand demand, CancellationToken cancellation)
    {
        lock (Fetched)
        {
            Fetched.Add(demand);
        }

        return await Fetch(demand, cancellation);
    }

    public async ValueTask<FetchResult> ForwardAsync(Demand demand, CancellationToken cancellation)
    {
        lock (Forwarded)
        {
            Forwarded.Add(demand);
        }

        return await Forward(demand, cancellation);
    }

    public ValueTask<Reservation> ReserveAsync(Demand demand, CancellationToken cancellation) => ValueTask.FromResult<Reservation>(new ScriptedReservation(this));

    public BudgetStatus? Ask(string limit) => null;

    public IReadOnlyList<BudgetStatus> Budgets() =>
    [
        new("test", "test.quote", "test.quote/1", 3, TimeSpan.FromSeconds(1), null, 2, 1, null, null, null, 4),
        new("test", "test.quote", "test.quote/2", 3, TimeSpan.FromSeconds(1), null, 1, 2, null, Clock.Now + TimeSpan.FromMinutes(1), "429", 0),
    ];

    public IReadOnlyList<EndpointStats> Stats() => [new("test.quote", 10, 20, 15, 1, 2, 3, 4, 5, 10, 0, 0, 6, TimeSpan.FromSeconds(1.5))];

    public Explanation? Explain(long requestId) => requestId == 7
        ? new Explanation(7, Clock.Now, "test.quote", "/quote", "bot", [new ExplanationStep(Clock.Now, "hit", "fresh")])
        : null;

    public ValueTask<HistoryVerification> VerifyAsync(HistoryQuestion question, CancellationToken cancellation) =>
        new(new HistoryVerification(null, 1, 2, question.Replace, [new RowDifference(DateTimeOffset.UnixEpoch, "[0,1]", "[0,2]")]));

    public long NextRequestId() => Interlocked.Increment(ref _requests);
}

/// <summary>A permit that is always held.</summary>
internal sealed class ScriptedReservation(ScriptedEngine engine) : Reservation
{
    public override FetchResult? Refused => null;

    public override ValueTask<FetchResult> SendAsync(Demand demand, CancellationToken cancellation) => engine.ForwardAsync(demand, cancellation);

    protected override void Dispose(bool disposing)
    {
    }
}

/// <summary>Results as an engine would give them.</summary>
internal static class Results
{
    public static Entry Entry(string body, long version = 1, Envelope? envelope = null, int status = 200, string? coding = null, DateTimeOffset? asOf = null, params HeaderField[] headers) => new()
    {
        Key = new ItemKey("test.quote", default, "x"),
        Body = Encoding.Latin1.GetBytes(body),
        Envelope = envelope,
        Status = status,
        ContentType = "application/json",
        ContentCoding = coding,
        Headers = headers,
        AsOf = asOf,
        SentAt = new EngineTime(638_000_000_000_000_000 + version),
        FreshUntil = EngineTime.Never,
        StaleUntil = EngineTime.Never,
        Version = version,
        IsNegative = body.Length == 0,
    };

    public static FetchResult Of(Entry entry, FetchKind kind = FetchKind.Hit, double age = 0.5, double ttl = 5.9, bool forwarded = false, bool collapsed = false, string? reason = null, LimitReport? limit = null) => new()
    {
        Kind = kind,
        Single = entry,
        Count = 1,
        Age = TimeSpan.FromSeconds(age),
        Ttl = TimeSpan.FromSeconds(ttl),
        Forwarded = forwarded,
        Collapsed = collapsed,
        Reason = reason,
        ForwardStatus = forwarded ? 200 : null,
        Limit = limit,
    };

    public static FetchResult Of(params Entry[] entries)
    {
        var rented = System.Buffers.ArrayPool<Entry>.Shared.Rent(entries.Length);
        entries.CopyTo(rented, 0);
        return new FetchResult { Kind = FetchKind.Hit, Items = rented, Count = entries.Length, Age = TimeSpan.FromSeconds(2.7), Ttl = TimeSpan.FromSeconds(1) };
    }

    public static FetchResult Refused(RefusalKind kind, int status, EngineTime? retryAt = null, string? reason = null) => new()
    {
        Kind = FetchKind.Refused,
        Refusal = new Refusal(kind, status, "Why \"it\" is.", retryAt, "test.quote"),
        Reason = reason,
    };

    public static FetchResult Passed(int status, string body, bool collapsed = false, params HeaderField[] headers) =>
        Passed(new ScriptedReply([Encoding.Latin1.GetBytes(body)], null) { Status = status, Headers = headers, ContentLength = body.Length }, collapsed);

    public static FetchResult Passed(PassedReply reply, bool collapsed = false) => new()
    {
        Kind = FetchKind.Passed, Reply = reply, Forwarded = true, Reason = "method", ForwardStatus = reply.Status, Collapsed = collapsed,
    };
}

/// <summary>A reply in parts that a test hands out, and perhaps breaks.</summary>
internal sealed class ScriptedReply(IEnumerable<byte[]> parts, TransportFault? end, Task? gate = null) : PassedReply
{
    private readonly Queue<byte[]> _parts = new(parts);
    private bool _isFirst = true;

    public bool IsDisposed { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (!_isFirst && gate is not null)
        {
            await gate.WaitAsync(cancellation);
        }

        _isFirst = false;
        if (_parts.TryDequeue(out var part))
        {
            part.AsSpan(0, Math.Min(part.Length, buffer.Length)).CopyTo(buffer.Span);
            return part.Length;
        }

        return end is null ? 0 : throw new UpstreamBodyException(end);
    }

    public override ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
