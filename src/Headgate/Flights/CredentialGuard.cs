namespace Headgate.Flights;

/// <summary>Keeps a refused credential from storming its upstream: after three refusals in a row it is tried again at most every 30 s, the provider stays
/// open for everybody else. Thread-safe.</summary>
internal sealed class CredentialGuard
{
    public const int RefusalsMax = 3;
    public static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(30);

    // More callers than this at one provider are not refused callers but an attack; the oldest are forgotten.
    private const int CredentialsMax = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<IdentityHash, (int Refusals, EngineTime ClosedUntil)> _refused = [];

    /// <summary>Until when this credential is not tried, or null when it may be. Takes the probe when one is due.</summary>
    public EngineTime? ClosedUntil(IdentityHash credential, EngineTime now)
    {
        lock (_gate)
        {
            if (!_refused.TryGetValue(credential, out var state) || state.Refusals < RefusalsMax)
            {
                return null;
            }

            if (now < state.ClosedUntil)
            {
                return state.ClosedUntil;
            }

            _refused[credential] = (state.Refusals, now + ProbeEvery);
            return null;
        }
    }

    public void Refused(IdentityHash credential, EngineTime now)
    {
        lock (_gate)
        {
            if (_refused.Count >= CredentialsMax)
            {
                _refused.Clear();
            }

            var refusals = _refused.GetValueOrDefault(credential).Refusals + 1;
            _refused[credential] = (refusals, now + ProbeEvery);
        }
    }

    public void Accepted(IdentityHash credential)
    {
        lock (_gate)
        {
            _refused.Remove(credential);
        }
    }
}
