using Headgate.Budgets;
using Headgate.Catalogue;

namespace Headgate.Flights;

/// <summary>Keeps a refused credential from storming its upstream: after three refusals in a row it is tried again at most every 30 s, the provider stays
/// open for everybody else. Thread-safe.</summary>
/// <remarks>
/// Where no credential is shown, refusals count against the endpoint alone: who asks for an account without showing one must not close public data.
/// Closures are durable, so that a gate that is started again and again does not storm either.
/// </remarks>
internal sealed class CredentialGuard
{
    public const int RefusalsMax = 3;
    public static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(30);

    // More callers than this at one provider are not refused callers but an attack; the oldest are forgotten.
    private const int CredentialsMax = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Refusals, EngineTime ClosedUntil)> _refused = new(StringComparer.Ordinal);
    private readonly string _prefix;

    /// <param name="provider">Whose credentials.</param>
    /// <param name="closures">What a former process closed.</param>
    public CredentialGuard(string provider, IEnumerable<Closure> closures)
    {
        _prefix = $"credential/{provider}/";
        foreach (var closure in closures.Where(closure => closure.Strikes >= RefusalsMax && closure.Key.StartsWith(_prefix, StringComparison.Ordinal)).Take(CredentialsMax))
        {
            _refused[closure.Key] = (closure.Strikes, closure.Until);
        }
    }

    /// <summary>Until when the credential of a request is not tried, or null when it may be. Takes the probe when one is due.</summary>
    public EngineTime? ClosedUntil(RequestPlan plan, EngineTime now)
    {
        lock (_gate)
        {
            if (_refused.Count == 0 || !_refused.TryGetValue(KeyOf(plan), out var state) || state.Refusals < RefusalsMax)
            {
                return null;
            }

            if (now < state.ClosedUntil)
            {
                return state.ClosedUntil;
            }

            _refused[KeyOf(plan)] = (state.Refusals, now + ProbeEvery);
            return null;
        }
    }

    /// <summary>Notes a refusal.</summary>
    /// <returns>The closure it leads to, to be made durable; null while there were too few.</returns>
    public Closure? Refused(RequestPlan plan, EngineTime now)
    {
        lock (_gate)
        {
            if (_refused.Count >= CredentialsMax)
            {
                _refused.Clear();
            }

            var key = KeyOf(plan);
            var refusals = _refused.GetValueOrDefault(key).Refusals + 1;
            _refused[key] = (refusals, now + ProbeEvery);
            return refusals < RefusalsMax ? null : new Closure(key, now + ProbeEvery, refusals, "the upstream refuses this credential");
        }
    }

    /// <summary>Notes that it was taken.</summary>
    /// <returns>The end of its closure, to be made durable; null when it was not closed.</returns>
    public Closure? Accepted(RequestPlan plan, EngineTime now)
    {
        lock (_gate)
        {
            return _refused.Count > 0 && _refused.Remove(KeyOf(plan), out var state) && state.Refusals >= RefusalsMax
                ? new Closure(KeyOf(plan), now, 0, "the upstream takes this credential again")
                : null;
        }
    }

    /// <summary>The refusal of whoever asks with a closed credential.</summary>
    public static Refusal Refusal(EngineTime until) =>
        new(RefusalKind.CredentialClosed, 503, "The upstream refused this credential repeatedly; it is tried again at most every 30 s.", until, null);

    private string KeyOf(RequestPlan plan) =>
        plan.Identity.Credential.IsNone ? $"{_prefix}-/{plan.Endpoint.Id}" : $"{_prefix}{LimitKeyTexts.Hex(plan.Identity.Credential)}";
}
