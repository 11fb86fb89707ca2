using System.Security.Cryptography;
using System.Text;
using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>Shows how a definition matches, splits and classifies samples, with the code that serves. Pure and thread-safe.</summary>
public static class SampleCheck
{
    /// <param name="provider">The definition.</param>
    /// <param name="sample">What was asked and answered.</param>
    /// <param name="now">Wall clock, for dates in <c>Retry-After</c>.</param>
    public static SampleVerdict Check(ProviderModel provider, ProviderSample sample, DateTimeOffset now)
    {
        var prefix = BaseUrls.Prefix(provider.BaseUrl);
        var target = prefix.Length > 0 && sample.Request.Target.StartsWith(prefix, StringComparison.Ordinal) ? sample.Request.Target[prefix.Length..] : sample.Request.Target;
        var request = new ClientRequest { Method = sample.Request.Method, Target = target.StartsWith('/') ? target : "/" + target, Headers = sample.Request.Headers };
        var plan = RequestPlanner.Plan(provider, request, OnceHasher.Instance, secrets: null);
        var asked = plan.Endpoint.Batch is null ? [] : plan.Items.Select(item => item.Text).ToList();
        var cost = plan.Endpoint.Cost.For(Math.Max(1, asked.Count));
        var verdict = new SampleVerdict(
            sample.Name, plan.SafeTarget, plan.Endpoint.Name, asked, [], [], null, null, [.. plan.Endpoint.Limits.Select(limit => $"{limit.Name} {cost}")], plan.Endpoint.Cacheable, null, sample.RequestFile);
        return sample.HasResponse ? Judge(verdict, provider, plan, sample, now) : verdict;
    }

    private static SampleVerdict Judge(SampleVerdict verdict, ProviderModel provider, RequestPlan plan, ProviderSample sample, DateTimeOffset now)
    {
        var found = OutcomeClassifier.Classify(provider, plan.Endpoint, sample.Status, sample.Headers, sample.Body.Span, now);
        verdict = verdict with
        {
            File = sample.ResponseFile!,
            Outcome = OutcomeWords.Of(found.Kind),
            Why = found.Reason,
            Problem = found.Kind == OutcomeKind.Malformed ? $"the answer cannot be used: {found.Reason}" : null,
        };
        if (found.Kind != OutcomeKind.Success || plan.Endpoint.Batch is not { } batch)
        {
            return verdict;
        }

        var isBare = CallBuilder.IsBare(plan.Endpoint, plan.Items.Count) && plan.IsBare;
        var split = isBare ? BareItem.Wrap(sample.Body, batch, plan.Items[0].Text) : ItemSplitter.Split(sample.Body, batch);
        if (split is null)
        {
            return verdict with { Problem = $"no items where batch.items says ({string.Join('.', ["$", .. batch.ItemsPath])})" };
        }

        List<string> missing = [.. verdict.Items.Where(item => !split.Items.ContainsKey(item))];
        var lacking = split.Items.SelectMany(item => batch.Required.Where(member => JsonMember.Value(item.Value.Value, member) is null).Select(member => $"{item.Key} has no {member}")).FirstOrDefault();
        return verdict with
        {
            Found = [.. verdict.Items.Where(split.Items.ContainsKey)],
            Missing = missing,
            Problem = lacking
                ?? (missing.Count == verdict.Items.Count && split.Items.Count > 0 ? $"items are named {string.Join(", ", split.Items.Keys.Take(3))} in the answer and {string.Join(", ", missing.Take(3))} in the request" : null)
                ?? (missing.Count > 0 && batch.Missing == MissingItem.Malformed ? $"{missing[0]} is missing from the answer" : null),
        };
    }

    /// <summary>Keys of a check live no longer than it.</summary>
    private sealed class OnceHasher : ICredentialHasher
    {
        public static OnceHasher Instance { get; } = new();

        public IdentityHash Hash(ReadOnlySpan<char> value)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(value.ToString()));
            return new IdentityHash(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash, 8));
        }
    }
}
