using System.Collections.Concurrent;
using System.Text;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>
/// What a credential's plan does not include, as the upstream said it: given again for a while without a call, for the same request but for the parameters
/// that make no difference. Thread-safe; forgotten with the process, so that a better plan shows after a restart at the latest.
/// </summary>
internal sealed class PlanRefusals
{
    // Endpoints times credentials; beyond, all are asked for anew.
    private const int RefusalsMax = 4_096;

    private readonly ConcurrentDictionary<string, Entry> _refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PlanMemory> _memories = new(StringComparer.Ordinal);

    /// <summary>The refusal that still holds for this request, or null.</summary>
    public Entry? Find(RequestPlan plan, in Freshness freshness, EngineTime now)
    {
        if (_refusals.IsEmpty || !_memories.TryGetValue(plan.Endpoint.Id, out var memory) || freshness.MaxAge == TimeSpan.Zero)
        {
            return null;
        }

        return _refusals.TryGetValue(KeyOf(plan, memory), out var held) && FreshnessJudge.Judge(held, freshness with { ProfileTtl = null }, plan.Endpoint.Freshness, now, default) == Verdict.Fresh
            ? held
            : null;
    }

    public void Add(RequestPlan plan, PlanMemory memory, UpstreamReply reply, ReadOnlyMemory<byte> body, EngineTime sentAt, long version)
    {
        if (_refusals.Count >= RefusalsMax)
        {
            _refusals.Clear();
        }

        _memories[plan.Endpoint.Id] = memory;
        _refusals[KeyOf(plan, memory)] = new Entry
        {
            Key = new ItemKey(plan.Endpoint.Id, plan.Identity.Credential, "plan"),
            Body = body.ToArray(),
            Status = reply.Status,
            ContentType = reply.Header("Content-Type"),
            Headers = EntryHeaders.Storable(reply.Headers),
            SentAt = sentAt,
            FreshUntil = sentAt + memory.For,
            StaleUntil = sentAt + memory.For,
            Version = version,
            IsNegative = true,
        };
    }

    public void Clear() => _refusals.Clear();

    // Without credentials: the safe target hides them, and the credential's hash stands for them.
    private static string KeyOf(RequestPlan plan, PlanMemory memory)
    {
        var key = new StringBuilder(plan.Endpoint.Id).Append(' ').Append(LimitKeyTexts.Hex(plan.Identity.Credential)).Append(' ').Append(Targets.Path(plan.SafeTarget));
        foreach (var parameter in new QueryParameters(Targets.Query(plan.SafeTarget)))
        {
            var counts = true;
            foreach (var name in memory.Except)
            {
                counts &= !parameter.Is(name);
            }

            if (counts)
            {
                key.Append('&').Append(parameter.Raw);
            }
        }

        return key.ToString();
    }
}
