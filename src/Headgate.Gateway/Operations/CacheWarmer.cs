using Headgate.Gateway.Configuration;
using Headgate.Gateway.Proxy;

namespace Headgate.Gateway.Operations;

/// <summary>Asks for a list of targets at the lowest urgency, as the gate itself: with its own secrets or with none.</summary>
internal sealed class CacheWarmer(Engine engine, GatewayOptions options)
{
    /// <summary>Targets in one request, at most.</summary>
    public const int TargetsMax = 1_000;

    private const int AtOnce = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<WarmedTarget>> WarmAsync(IReadOnlyList<string> targets, CancellationToken cancellation)
    {
        var results = new WarmedTarget[targets.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, targets.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (index, left) => results[index] = await WarmAsync(targets[index], left));
        return results;
    }

    private async ValueTask<WarmedTarget> WarmAsync(string text, CancellationToken cancellation)
    {
        var path = text.StartsWith('/') ? text[1..] : text;
        var slash = path.IndexOf('/');
        if (slash < 0 || engine.Catalogue.Find(path.AsSpan(0, slash)) is not { } provider)
        {
            return new WarmedTarget(text, "refused", "It does not begin with a provider's name and a path, as kite/quote?i=NSE:INFY.");
        }

        var target = path[slash..];
        if (TargetRules.Check(target, options.PathBytesMax, options.QueryBytesMax) != TargetVerdict.Ok || target.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return new WarmedTarget(text, "refused", "The target is not acceptable; escape what is not plain ASCII.");
        }

        var request = new ClientRequest { Method = "GET", Target = target, Headers = [] };
        var plan = engine.Plan(provider, request);
        if (!plan.Endpoint.Cacheable || plan.Items.Count == 0 || plan.Items.Count > (plan.Endpoint.Batch?.RequestMax ?? 1))
        {
            return new WarmedTarget(text, "refused", $"{plan.Endpoint.Id} is never held.");
        }

        var demand = new Demand { Plan = plan, Request = request, Urgency = Urgency.Of(7), Client = "warm", Deadline = Patience, RequestId = engine.NextRequestId() };
        var result = engine.TryFetch(demand, out var hit) ? hit : await engine.FetchAsync(demand, cancellation);
        try
        {
            return result.Kind switch
            {
                FetchKind.Refused => new WarmedTarget(text, "refused", result.Refusal!.Detail),
                FetchKind.Passed => new WarmedTarget(text, "passed", $"The upstream answered {result.Reply!.Status}."),
                var kind => new WarmedTarget(text, kind.ToString().ToLowerInvariant(), null),
            };
        }
        finally
        {
            result.Return();
            if (result.Reply is { } reply)
            {
                await reply.DisposeAsync();
            }
        }
    }
}

/// <summary>What became of one target.</summary>
/// <param name="Target">As asked.</param>
/// <param name="Result"><c>fetched</c>, <c>hit</c>, <c>stale</c>, <c>passed</c> or <c>refused</c>.</param>
/// <param name="Detail">Why it is not held now, or null.</param>
public sealed record WarmedTarget(string Target, string Result, string? Detail);
