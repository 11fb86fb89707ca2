using Headgate.Catalogue;

namespace Headgate.SignIn;

/// <summary>What all kinds share: one sign-in at a time, its failure remembered for a while, renewal behind the scenes.</summary>
internal abstract class OwnedSignIn : ISignIn
{
    /// <summary>A grant younger than this that is refused would be refused again.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Action<Exception> _report;
    private readonly ITimer _timer;
    private TaskCompletionSource<SignInResult>? _renewal;
    private SignInGrant? _grant;
    private Refusal? _refusal;
    private EngineTime _notBefore;
    private bool _ended;

    protected OwnedSignIn(ProviderModel provider, EngineClock clock, Action<Exception> report)
    {
        Provider = provider;
        Clock = clock;
        _report = report;
        _timer = clock.Time.CreateTimer(static state => ((OwnedSignIn)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public virtual bool IsSupplied => true;

    protected ProviderModel Provider { get; private set; }

    protected AuthModel Auth => Provider.Auth!;

    protected EngineClock Clock { get; }

    public virtual ValueTask StartAsync() => ValueTask.CompletedTask;

    public ValueTask<SignInResult> EnsureAsync()
    {
        TaskCompletionSource<SignInResult> renewal;
        lock (_gate)
        {
            var now = Clock.Now;
            if (_grant is { } grant && now < grant.Until)
            {
                return new(new SignInResult(grant, null));
            }

            if (_renewal is { } running)
            {
                return new(running.Task);
            }

            if (now < _notBefore)
            {
                return new(new SignInResult(null, _refusal));
            }

            renewal = BeginNeedsLock();
        }

        _ = RunAsync(renewal, idle: false);
        return new(renewal.Task);
    }

    public bool Refused(SignInGrant grant)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(grant, _grant))
            {
                // Another call has found that out already, and what is there now was not refused.
                return true;
            }

            if (Clock.Now - grant.Since < Young)
            {
                return false;
            }

            _grant = null;
            OnRefused(grant);
            return true;
        }
    }

    public void Use(ProviderModel provider)
    {
        lock (_gate)
        {
            if (provider.Auth is not null && provider.Auth.Kind == Auth.Kind)
            {
                // A grant of another address is worth nothing here.
                _grant = provider.Auth.Address == Auth.Address ? _grant : null;
                Provider = provider;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
        }

        _timer.Dispose();
    }

    /// <summary>Signs on, or takes up a sign-in that is still good.</summary>
    /// <param name="idle">Nobody asked: what is there may be good, but it is to be renewed all the same.</param>
    /// <returns>The result, and until when a refusal stands.</returns>
    protected abstract Task<(SignInResult Result, EngineTime NotBefore)> RenewAsync(bool idle);

    /// <summary>A grant was refused; called under the lock.</summary>
    protected virtual void OnRefused(SignInGrant grant)
    {
    }

    /// <summary>Renews without being asked, so long from now; replaces what was asked before.</summary>
    protected void RenewIn(TimeSpan due)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                // Timers take up to 49 days; a definition that asks for more is served early.
                _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(due.TotalMilliseconds), 1, int.MaxValue - 1.0)), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private TaskCompletionSource<SignInResult> BeginNeedsLock() =>
        _renewal = new TaskCompletionSource<SignInResult>(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnTimer()
    {
        TaskCompletionSource<SignInResult> renewal;
        lock (_gate)
        {
            if (_ended || _renewal is not null)
            {
                return;
            }

            renewal = BeginNeedsLock();
        }

        _ = RunAsync(renewal, idle: true);
    }

    private async Task RunAsync(TaskCompletionSource<SignInResult> renewal, bool idle)
    {
        SignInResult result;
        EngineTime notBefore;
        try
        {
            (result, notBefore) = await RenewAsync(idle);
        }
        catch (Exception problem)
        {
            // A boundary: those who wait must hear of it, and the operator why.
            _report(problem);
            notBefore = Clock.Now + Young;
            result = new SignInResult(null, new Refusal(RefusalKind.CredentialClosed, 503, $"The gate could not sign on: {problem.Message}", notBefore, null));
        }

        lock (_gate)
        {
            _renewal = null;
            if (result.Grant is { } grant)
            {
                _grant = grant;
            }

            (_refusal, _notBefore) = (result.Refusal, notBefore);
        }

        renewal.SetResult(result);
    }
}
