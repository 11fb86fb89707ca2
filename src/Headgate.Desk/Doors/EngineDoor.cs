using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Desk.Doors;

/// <summary>The engine: shared, cached, merged and charged like every other caller's asks.</summary>
/// <param name="engine">A started engine.</param>
public sealed class EngineDoor(Engine engine) : IDeskDoor
{
    // The instruments dump of one exchange is some 10 MB.
    private const int BytesMax = 64 << 20;

    // Bodies are read by the desk itself, so no coding is asked for.
    private static readonly HeaderField Plain = new("Accept-Encoding", "identity");

    public TimeProvider Time => engine.Clock.Time;

    /// <exception cref="ArgumentException">The catalogue has no such provider.</exception>
    public async ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation)
    {
        var demand = DemandOf(ask.Provider, new ClientRequest { Method = "GET", Target = ask.Target, Headers = [.. ask.Headers, Plain] }, ask.Client, ask.Urgency, ask.Deadline, FreshnessOf(ask));
        var result = engine.TryFetch(demand, out var hit) ? hit : await engine.FetchAsync(demand, cancellation);
        return await AnswerOf(result, RefusalKind.UpstreamUnusable, cancellation);
    }

    /// <exception cref="ArgumentException">The catalogue has no such provider.</exception>
    public async ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation)
    {
        var request = new ClientRequest { Method = message.Method, Target = message.Target, Headers = message.Headers, Body = message.Body, HasBody = !message.Body.IsEmpty };
        var demand = DemandOf(message.Provider, request, message.Client, message.Urgency, message.Deadline, default);
        return await AnswerOf(await engine.ForwardAsync(demand, cancellation), RefusalKind.OutcomeUnknown, cancellation);
    }

    private Demand DemandOf(string name, ClientRequest request, string client, int urgency, TimeSpan? deadline, Freshness freshness)
    {
        var provider = engine.Catalogue.Find(name) ?? throw new ArgumentException($"The catalogue has no provider {name}.", nameof(name));
        return new Demand
        {
            Plan = engine.Plan(provider, request),
            Request = request,
            Freshness = freshness,
            Urgency = Urgency.Of(urgency),
            Client = client,
            Deadline = deadline,
            RequestId = engine.NextRequestId(),
        };
    }

    // A moment of the wall clock becomes one of the engine's by its distance from now: the two may differ after a step of the wall clock.
    private Freshness FreshnessOf(DeskAsk ask) => new()
    {
        MaxAge = ask.MaxAge,
        // Whatever is held is meant where only that may be had; else what is stale comes when nothing fresh does.
        MaxStale = ask.OnlyHeld ? ask.MaxStale : null,
        StaleIfError = ask.MaxStale,
        ProfileTtl = ask.MaxAge is null ? ask.Ttl : null,
        ProfileStale = ask.MaxAge is null ? ask.StaleMax : null,
        OnlyIfCached = ask.OnlyHeld,
        NotBefore = ask.NotBefore is { } moment ? engine.Clock.Now - (engine.Clock.WallNow - moment) : null,
    };

    // An answer that breaks off is no answer to a read; of a message it tells that it arrived, and not what became of it.
    private async ValueTask<DeskAnswer> AnswerOf(FetchResult result, RefusalKind broken, CancellationToken cancellation)
    {
        try
        {
            if (result.Refusal is { } refusal)
            {
                return new DeskAnswer(refusal.Status, default)
                {
                    Refusal = refusal,
                    Calls = result.Calls,
                    UpstreamStatus = result.ForwardStatus,
                    Reason = result.Reason,
                    RetryAt = refusal.RetryAt is { } at ? engine.Clock.WallNow + (at - engine.Clock.Now) : null,
                };
            }

            if (result.Reply is { } reply)
            {
                return await PassedAsync(reply, broken, cancellation) with { Calls = result.Calls, UpstreamStatus = reply.Status };
            }

            var (status, headers, body) = AnswerBytes.Of(result);
            return new DeskAnswer(status, body)
            {
                Age = result.Age,
                IsStale = result.Kind == FetchKind.Stale,
                IsHit = result.Kind == FetchKind.Hit,
                IsJoined = result.Collapsed,
                UpstreamStatus = result.ForwardStatus,
                Calls = result.Calls,
                Reason = result.Reason,
                Headers = headers,
            };
        }
        finally
        {
            result.Return();
        }
    }

    private static async ValueTask<DeskAnswer> PassedAsync(PassedReply reply, RefusalKind broken, CancellationToken cancellation)
    {
        await using var _ = reply;
        using var body = new MemoryStream();
        var buffer = new byte[64 << 10];
        try
        {
            int read;
            while ((read = await reply.ReadAsync(buffer, cancellation)) > 0)
            {
                if (body.Length + read > BytesMax)
                {
                    return Unusable(broken, $"The answer is longer than {BytesMax} bytes.");
                }

                body.Write(buffer, 0, read);
            }
        }
        catch (UpstreamBodyException problem)
        {
            return Unusable(broken, problem.Message);
        }

        return new DeskAnswer(reply.Status, body.ToArray()) { Headers = reply.Headers };
    }

    private static DeskAnswer Unusable(RefusalKind kind, string detail) => new(502, default) { Refusal = new Refusal(kind, 502, detail, RetryAt: null, Limit: null) };
}
