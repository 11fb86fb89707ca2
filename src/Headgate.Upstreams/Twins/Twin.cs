using System.Globalization;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams;

/// <summary>What every twin does at its door: recognise, count, hold to the limits, apply the fault plan, answer.</summary>
/// <threadsafety>Safe: one lock orders all calls, so a twin behaves like a single upstream process.</threadsafety>
public abstract class Twin : ITwin
{
    private readonly Lock _gate = new();
    private readonly LimitTable _limits;
    private string? _offence;

    /// <param name="name">The provider's catalogue name.</param>
    /// <param name="rules">The limits held at the door.</param>
    /// <param name="faults">The fault plan; the twin draws from its random source.</param>
    /// <param name="counters">Where arrivals are recorded.</param>
    protected Twin(string name, IReadOnlyList<LimitRule> rules, FaultPlan faults, TwinCounters counters)
    {
        Name = name;
        Faults = faults;
        Counters = counters;
        _limits = new LimitTable(rules);
    }

    public string Name { get; }

    public TwinCounters Counters { get; }

    public FaultPlan Faults { get; }

    public TwinReply Handle(TwinRequest request, DateTimeOffset now)
    {
        lock (_gate)
        {
            var target = TwinTarget.Parse(request.RawTarget);
            var route = Recognise(request, target);
            var broken = _limits.Arrive(Charges(request, target, route), now.UtcTicks);
            var fault = Faults.Next(route, request.Method, target.Path);
            var reply = Decide(request, target, route, broken, fault, now);
            Counters.Record(now, request, route, broken?.Rule.Name ?? _offence, fault.Kind, reply.Status);
            _offence = null;
            return Finish(request, reply, fault, now);
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _limits.Clear();
            Faults.Clear();
            Counters.Clear();
            Forget();
        }
    }

    /// <summary>Recognises the operation, its limit class and whose limit it spends. Must not change state.</summary>
    protected abstract TwinRoute Recognise(TwinRequest request, TwinTarget target);

    /// <summary>Answers an admitted request. Called under the twin's lock.</summary>
    protected abstract TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now);

    /// <summary>The provider's own words for an exceeded limit.</summary>
    protected abstract TwinReply TooManyRequests(TwinRoute route);

    /// <summary>The same where the words depend on which limit was broken and how often.</summary>
    protected virtual TwinReply TooManyRequests(TwinRoute route, LimitBreach breach) => TooManyRequests(route);

    /// <summary>What a call spends; by default one permit of its route's class. All or nothing is taken.</summary>
    protected virtual IReadOnlyList<LimitCharge> Charges(TwinRequest request, TwinTarget target, TwinRoute route) => [new(route.LimitClass, route.Key)];

    /// <summary>Permits of a rule that a key has spent; for headers that report usage. Called under the twin's lock.</summary>
    protected long Used(string rule, string key, DateTimeOffset now) => _limits.Used(rule, key, now.UtcTicks);

    /// <summary>The present arrival breaks a rule that is no limit (a token redeemed twice): counted as a violation of that name. Called while answering.</summary>
    protected void Offend(string rule) => _offence = rule;

    /// <summary>The provider's own words for a failure of its own.</summary>
    protected abstract TwinReply ServerError(int status);

    /// <summary>Forgets what clients wrote; called under the twin's lock.</summary>
    protected virtual void Forget()
    {
    }

    private TwinReply Decide(TwinRequest request, TwinTarget target, TwinRoute route, LimitBreach? broken, TwinFault fault, DateTimeOffset now) => fault.Kind switch
    {
        _ when broken is not null => TooManyRequests(route, broken),
        TwinFaultKind.TooManyRequests => WithRetryAfter(TooManyRequests(route), fault.RetryAfter),
        TwinFaultKind.ServerError => WithRetryAfter(ServerError(fault.Status), fault.RetryAfter),
        TwinFaultKind.GarbageBody => ReplaceBody(Answer(request, target, route, now), TwinFault.GarbageBytes),
        TwinFaultKind.EmptyBody => ReplaceBody(Answer(request, target, route, now), ReadOnlyMemory<byte>.Empty),
        TwinFaultKind.HtmlBody => new TwinReply(200, [new("Content-Type", "text/html")], TwinFault.HtmlPage),
        TwinFaultKind.CustomBody => new TwinReply(fault.Status, [new("Content-Type", fault.ContentType)], fault.Body),

        // A lost answer is still an answered request: the order is placed, only nobody hears of it.
        _ => Answer(request, target, route, now),
    };

    private static TwinReply Finish(TwinRequest request, TwinReply reply, TwinFault fault, DateTimeOffset now)
    {
        var headers = new List<TwinHeader>(reply.Headers.Count + 1);
        headers.AddRange(reply.Headers);
        headers.Add(new("Date", now.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture)));
        if (!string.Equals(request.Method, "HEAD", StringComparison.Ordinal))
        {
            return new TwinReply(reply.Status, headers, reply.Body, fault);
        }

        // Only here does the length not follow from the body that is delivered.
        headers.Add(new("Content-Length", reply.Body.Length.ToString(CultureInfo.InvariantCulture)));
        return new TwinReply(reply.Status, headers, ReadOnlyMemory<byte>.Empty, fault);
    }

    private static TwinReply WithRetryAfter(TwinReply reply, TimeSpan? retryAfter)
    {
        if (retryAfter is not { } wait)
        {
            return reply;
        }

        var seconds = (wait.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        return reply with { Headers = [.. reply.Headers, new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))] };
    }

    private static TwinReply ReplaceBody(TwinReply reply, ReadOnlyMemory<byte> body) =>
        reply with { Headers = [.. reply.Headers.Where(h => !h.Name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))], Body = body };
}
