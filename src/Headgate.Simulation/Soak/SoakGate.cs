using System.Globalization;
using System.Text;
using Headgate.Catalogue;
using Headgate.Refresh;
using Headgate.Upstream;

namespace Headgate.Simulation;

/// <summary>One life of the gate: a process, its ports over what is durable, and the engine.</summary>
internal sealed class SoakGate
{
    private readonly MemoryEntryStore _entries;
    private readonly CountingStore _counting;
    private readonly IUpstreamTransport _transport;
    private readonly VirtualTime _time;
    private Engine? _engine;
    private int _asking;

    /// <param name="time">The world's clock.</param>
    /// <param name="process">The process it lives in.</param>
    /// <param name="ledger">Over the durable ledger.</param>
    /// <param name="entries">Over the durable entries.</param>
    /// <param name="transport">The network.</param>
    public SoakGate(VirtualTime time, VirtualProcess process, MemoryLedger ledger, MemoryEntryStore entries, IUpstreamTransport transport)
    {
        _time = time;
        Process = process;
        Ledger = ledger;
        _entries = entries;
        _counting = new CountingStore(entries);
        _transport = transport;
    }

    public VirtualProcess Process { get; }

    public MemoryLedger Ledger { get; }

    /// <summary>Told of what the engine reports as gone wrong inside itself.</summary>
    public Action<Exception>? Report { get; set; }

    /// <summary>Name of the gate's own secret.</summary>
    public const string OwnSecret = "SOAK";

    /// <summary>What the gate shows for itself: the first account's, with a credential of its own or with a client's.</summary>
    public static string OwnAuthorization(SoakPlan plan) => plan.WatchesAlone ? "token k1:own" : "token k1:c1";

    public Task StartAsync(SoakPlan plan, int seed, Sabotage sabotage, IWatchStore watches) => Process.Run(async () =>
    {
        var ports = new EnginePorts
        {
            Time = sabotage.HasFlag(Sabotage.TrustsTheWallClock) ? new WallClockTime(Process) : Process,
            BootId = Process.BootId,
            Random = new Random(seed),
            Transport = Saboteur.Over(_transport, sabotage, _time),
            Ledger = Saboteur.Over(Ledger, sabotage, _time),
            Entries = Saboteur.Over(_counting, sabotage),
            Hasher = sabotage.HasFlag(Sabotage.MixesAccounts) ? new SeededHasher.Same() : new SeededHasher(),
            Markets = new SoakMarket(plan.ClosesAfter is { } closes ? SoakWorld.Start + closes : null),
            Report = error => Report?.Invoke(error),
            Watches = sabotage.HasFlag(Sabotage.SpendsTheReserve) ? null : watches,
            Secrets = new Own(plan),
        };
        _engine = await Engine.StartAsync(new EngineOptions { MemoryBytesMax = plan.MemoryBytes }, ports, SoakCatalogue.Build(plan), CancellationToken.None);
        foreach (var watch in WatchesOf(plan).Except((await watches.LoadAsync(CancellationToken.None)).Watches))
        {
            if (sabotage.HasFlag(Sabotage.SpendsTheReserve))
            {
                _ = Saboteur.RefreshUrgentlyAsync(_engine, watch, Process);
            }
            else
            {
                await _engine.Refresh.AddAsync(watch);
            }
        }
    });

    /// <summary>kill -9: volatile halves are gone, calls on their way arrive all the same.</summary>
    public void Kill()
    {
        Ledger.Crash();
        _entries.Crash();
        Process.Kill();
    }

    /// <summary>Asks as the edge does: hits inline, then the fetch. Null when the client left.</summary>
    public Task<SoakAnswer?> AskAsync(SoakAsk ask, CancellationTokenSource leaving, Sabotage sabotage) => Process.Run(async () =>
    {
        ask.AskedAt = _time.Elapsed;
        _asking++;
        var demand = DemandOf(ask);
        var before = Footprint();
        var isRead = !ask.IsWrite;
        try
        {
            if (isRead && _engine!.TryFetch(demand, out var hit))
            {
                return await ToAnswerAsync(ask, hit, before, isInline: true);
            }

            var pending = isRead ? _engine!.FetchAsync(demand, leaving.Token) : _engine!.ForwardAsync(demand, leaving.Token);
            var isInline = pending.IsCompleted;
            var result = await pending;
            if (sabotage.HasFlag(Sabotage.RefusalWrites) && result.Kind == FetchKind.Refused)
            {
                _ = Ledger.RaiseUsedAsync("soak.refusals/-", "all", 1, CancellationToken.None);
            }

            return await ToAnswerAsync(ask, result, before, isInline);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _asking--;
        }
    });

    /// <summary>The client leaves.</summary>
    public void Leave(CancellationTokenSource leaving)
    {
        if (Process.IsAlive)
        {
            _ = Process.Run(() =>
            {
                leaving.Cancel();
                return Task.CompletedTask;
            });
        }
    }

    private static IEnumerable<Watch> WatchesOf(SoakPlan plan)
    {
        string[] targets = ["/quote?i=S0&i=S1&i=HALF1", "/strict?i=S0&i=BAD1", "/bars/T1"];
        return targets.Take(plan.Watches).Select((target, index) => new Watch
        {
            Name = target, Provider = SoakCatalogue.Provider, Target = target, Interval = plan.WatchEvery * (index + 1), Priority = index == 0 ? WatchPriority.Critical : WatchPriority.Low,
        });
    }

    private Demand DemandOf(SoakAsk ask)
    {
        var request = new ClientRequest
        {
            Method = ask.Method,
            Target = ask.Target,
            Headers = [new HeaderField("Authorization", ask.Client.Authorization), new HeaderField("Accept", "application/json")],
            Body = Encoding.UTF8.GetBytes(ask.Body),
            HasBody = ask.IsWrite,
        };
        var provider = _engine!.Catalogue.Find(SoakCatalogue.Provider)!;
        return new Demand
        {
            Plan = _engine.Plan(provider, request),
            Request = request,
            Freshness = ask.SinceAtMost is { } since ? ask.Freshness with { NotBefore = _engine.Clock.Now - since } : ask.Freshness,
            Urgency = ask.Urgency,
            Client = ask.Client.Name,
            Deadline = ask.Deadline,
        };
    }

    private async Task<SoakAnswer> ToAnswerAsync(SoakAsk ask, FetchResult result, string before, bool isInline)
    {
        var answeredAt = _time.Elapsed;
        var after = Footprint();
        List<ServedItem> items = [];
        if (result.Single is { } single)
        {
            items.Add(Served(single));
        }

        for (var i = 0; result.Items is not null && i < result.Count; i++)
        {
            items.Add(Served(result.Items[i]));
        }

        result.Return();
        return new SoakAnswer
        {
            Ask = ask,
            Kind = result.Kind,
            AnsweredAt = answeredAt,
            Items = items,
            Age = result.Age,
            Refusal = result.Refusal,
            Status = result.Reply?.Status ?? 0,
            Body = result.Reply is { } reply ? await ReadAsync(reply) : null,
            Forwarded = result.Forwarded,
            IsInline = isInline,
            Changed = string.Equals(before, after, StringComparison.Ordinal) || _asking > 1 ? null : $"{before} to {after}",
        };
    }

    private ServedItem Served(Caching.Entry entry) =>
        new(entry.Key.Id, Encoding.UTF8.GetString(entry.Body.Span), entry.IsNegative, _engine!.Clock.Now - entry.SentAt);

    private string Footprint() => string.Create(CultureInfo.InvariantCulture, $"{Ledger.Writes} ledger writes, {_counting.Writes} entry writes");

    private static async Task<string?> ReadAsync(PassedReply reply)
    {
        await using var _ = reply;
        var body = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await reply.ReadAsync(buffer, CancellationToken.None)) > 0)
            {
                body.Write(buffer, 0, read);
            }

            return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (UpstreamBodyException)
        {
            return null;
        }
    }

    private sealed class Own(SoakPlan plan) : ISecretSource
    {
        public string? Find(string name) => string.Equals(name, OwnSecret, StringComparison.Ordinal) ? OwnAuthorization(plan) : null;
    }
}
