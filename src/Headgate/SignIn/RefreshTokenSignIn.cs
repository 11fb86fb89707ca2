using Headgate.Budgets;
using Headgate.Catalogue;

namespace Headgate.SignIn;

/// <summary>
/// OAuth with refresh tokens that are redeemed once. The vault says what may be done with the token it holds: <c>Stored</c> may be redeemed; the mark
/// <c>Redeeming</c> is durable before the request is sent, and the successor is durable before its access token is used. Whoever finds the mark without having
/// made it does not redeem: the token may be spent, and its successor lost. See <c>SignIn/README.md</c>.
/// </summary>
internal sealed class RefreshTokenSignIn : OwnedSignIn
{
    // What a person mends is noticed within so long.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdlePause = TimeSpan.FromMinutes(5);

    private readonly SignInCaller _caller;
    private readonly ITokenVault _vault;
    private readonly ISecretSource? _secrets;
    private readonly ICredentialHasher _hasher;
    private readonly AlertBook _alerts;
    private readonly DateTimeOffset _startedAt;
    private OwedWrite? _owed;
    private string _refusedAccess = "";
    private int _failures;
    private bool _isHeld;

    public RefreshTokenSignIn(
        ProviderModel provider, SignInCaller caller, ITokenVault vault, ISecretSource? secrets, ICredentialHasher hasher, AlertBook alerts, EngineClock clock, Action<Exception> report)
        : base(provider, clock, report)
    {
        _caller = caller;
        _vault = vault;
        _secrets = secrets;
        _hasher = hasher;
        _alerts = alerts;
        _startedAt = clock.WallNow;
    }

    public override bool IsSupplied => Volatile.Read(ref _isHeld) || Supplied() is not null;

    // The address is part of it: an emulation never sees the real token, nor spoils it.
    private string Name => $"{Provider.Name}@{Auth.Address.Authority}";

    private string AlertKey => $"sign-in/{Provider.Name}";

    /// <summary>Recognises a sign-in that a crash broke off, and sees to it that an idle token does not lapse.</summary>
    public override async ValueTask StartAsync()
    {
        var held = await _vault.GetAsync(Name, CancellationToken.None);
        var state = StateOf(held);
        Volatile.Write(ref _isHeld, held is not null);
        if (held is null)
        {
            if (Supplied() is not null)
            {
                RenewIn(Auth.RefreshEvery);
            }
        }
        else if (state.Phase == TokenPhase.Stored)
        {
            RenewIn(state.RedeemedAt + Auth.RefreshEvery - Clock.WallNow);
        }
        else if (Candidate(held, state) is null)
        {
            Alarm(state.Phase);
        }
    }

    protected override async Task<(SignInResult Result, EngineTime NotBefore)> RenewAsync(bool idle)
    {
        try
        {
            if (_owed is { } owed)
            {
                return await SettleAsync(owed);
            }

            var held = await _vault.GetAsync(Name, CancellationToken.None);
            var state = StateOf(held);
            if (!idle && UsableGrant(state) is { } grant)
            {
                return Granted(grant);
            }

            return Candidate(held, state) is { } candidate ? await RedeemAsync(held, candidate, state.RedeemedAt) : Without(held, state);
        }
        catch (LedgerException problem)
        {
            // Nothing may be sent, or used, that is not on the disk. What is owed to it is written first of all next time.
            RenewIn(Pause);
            return Refuse(RefusalKind.LedgerUnwritable, $"The gate's sign-in cannot be made durable: {problem.Message}", Clock.Now + Pause);
        }
    }

    protected override void OnRefused(SignInGrant grant) => _refusedAccess = AccessTokenOf(grant);

    private static string AccessTokenOf(SignInGrant grant) => grant.Headers.Count > 0 ? grant.Headers[0].Value["Bearer ".Length..] : "";

    private static TokenState StateOf(StoredToken? held) => held switch
    {
        null => new TokenState { Phase = TokenPhase.Stored },
        // What was sealed with another key cannot be read.
        { Token.Length: 0 } => new TokenState { Phase = TokenPhase.Lost },
        _ => TokenState.Parse(held.State),
    };

    private string? Supplied() => _secrets?.Find(Auth.SecretName);

    private string Fingerprint(string token) => LimitKeyTexts.Hex(_hasher.Hash(token));

    /// <summary>The token to redeem now, and the supplied one it descends from; null when there is none that may be.</summary>
    private (string Token, string Root)? Candidate(StoredToken? held, TokenState state)
    {
        if (held is not null && state.Phase == TokenPhase.Stored)
        {
            return (held.Token, state.Root);
        }

        // The supplied token that led here is spent. Another one is what the alert asked for.
        return Supplied() is { } supplied
            && (held is null || !(string.Equals(supplied, held.Token, StringComparison.Ordinal) || string.Equals(Fingerprint(supplied), state.Root, StringComparison.Ordinal)))
                ? (supplied, Fingerprint(supplied))
                : null;
    }

    private SignInGrant? UsableGrant(TokenState state)
    {
        var left = state.AccessUntil - Clock.WallNow - Auth.Margin;
        if (state.Phase != TokenPhase.Stored || state.AccessToken.Length == 0 || left <= TimeSpan.Zero || string.Equals(state.AccessToken, _refusedAccess, StringComparison.Ordinal))
        {
            return null;
        }

        var server = state.Server.Length > 0 ? new Uri(state.Server) : null;
        // Not this process's own: if it is refused, another is worth a try at once.
        return server is null || Auth.MayCall(server) ? GrantOf(state.AccessToken, server, since: default) with { Until = Clock.Now + left } : null;
    }

    private static SignInGrant GrantOf(string accessToken, Uri? server, EngineTime since) =>
        new(since) { Headers = [new HeaderField("Authorization", $"Bearer {accessToken}")], Server = server };

    private async Task<(SignInResult, EngineTime)> RedeemAsync(StoredToken? held, (string Token, string Root) candidate, DateTimeOffset redeemedAt)
    {
        var mark = new TokenState { Phase = TokenPhase.Redeeming, Root = candidate.Root, RedeemedAt = redeemedAt };
        if (!await _vault.TryStoreAsync(held, Name, candidate.Token, mark.ToText(), CancellationToken.None)
            || await _vault.GetAsync(Name, CancellationToken.None) is not { } marked
            || !string.Equals(marked.State, mark.ToText(), StringComparison.Ordinal))
        {
            return Busy();
        }

        var (since, sentAt) = (Clock.Now, Clock.WallNow);
        var form = $"grant_type=refresh_token&refresh_token={Uri.EscapeDataString(candidate.Token)}";
        var reply = await _caller.SendAsync(Provider, Auth.Address, "POST", BaseUrls.Prefix(Auth.Address) + Auth.Path, Auth.Headers, form);
        if (reply.Status == 200 && TokenAnswer.Parse(reply.Body) is { } answer)
        {
            return await SettleAsync(Next(marked, answer, candidate.Root, since, sentAt));
        }

        if (reply.IsUnsent || reply.Status is 429 or 503)
        {
            // Not sent, or turned away at the door: the token is as good as before.
            return await SettleAsync(new OwedWrite(marked, candidate.Token, mark with { Phase = TokenPhase.Stored }, null) { Failure = reply });
        }

        var isRevoked = reply.Status is 400 or 401 or 403;
        var end = await SettleAsync(new OwedWrite(marked, candidate.Token, mark with { Phase = isRevoked ? TokenPhase.Revoked : TokenPhase.Lost }, null) { Failure = reply });
        // A token that was supplied meanwhile is tried at once; it is the last one to try, since then the supplied one is the one that failed.
        return Supplied() is not null && await _vault.GetAsync(Name, CancellationToken.None) is { } now && Candidate(now, StateOf(now)) is { } other
            ? await RedeemAsync(now, other, redeemedAt)
            : end;
    }

    private OwedWrite Next(StoredToken mark, TokenAnswer answer, string root, EngineTime since, DateTimeOffset sentAt)
    {
        var isNamed = answer.Server is null || (Auth.MayCall(answer.Server) && answer.Server.AbsolutePath.Length <= 1);
        var state = new TokenState
        {
            Phase = TokenPhase.Stored,
            Root = root,
            AccessToken = isNamed ? answer.AccessToken : "",
            AccessUntil = sentAt + answer.ExpiresIn,
            Server = answer.Server?.AbsoluteUri ?? "",
            RedeemedAt = sentAt,
        };
        // Half its life at least: a margin as long as the life would redeem a token for every call.
        var life = TimeSpan.FromTicks(Math.Max((answer.ExpiresIn - Auth.Margin).Ticks, answer.ExpiresIn.Ticks / 2));
        return new OwedWrite(mark, answer.RefreshToken, state, isNamed ? GrantOf(answer.AccessToken, answer.Server, since) with { Until = since + life } : null);
    }

    /// <summary>Writes what follows a mark, and only then acts upon it.</summary>
    private async Task<(SignInResult, EngineTime)> SettleAsync(OwedWrite owed)
    {
        _owed = owed;
        var isOurs = await _vault.TryStoreAsync(owed.Mark, Name, owed.Token, owed.State.ToText(), CancellationToken.None);
        _owed = null;
        if (!isOurs)
        {
            return Busy();
        }

        // From here on the vault holds one: the secret is needed no more.
        Volatile.Write(ref _isHeld, true);
        switch (owed.State.Phase)
        {
            case TokenPhase.Stored when owed.Grant is { } grant:
                RenewIn(Auth.RefreshEvery);
                return Granted(grant);
            case TokenPhase.Stored when owed.Failure is { } failure:
                RenewIn(IdlePause);
                var until = Later(failure.RetryAt, Clock.Now + BackOff());
                return Refuse(RefusalKind.CredentialClosed, $"The gate could not sign on at {Provider.Name}, and will try again: {failure}.", until);
            case TokenPhase.Stored:
                RenewIn(Auth.RefreshEvery);
                _alerts.Raise(
                    AlertKey, $"The login of {Provider.Name} named the server {owed.State.Server}, which its definition does not allow.", "Add its host to auth.hosts if it is the provider's.");
                return Refuse(RefusalKind.CredentialClosed, $"The login of {Provider.Name} named a server that its definition does not allow.", Clock.Now + LookAgain);
            default:
                Alarm(owed.State.Phase);
                return Refuse(RefusalKind.CredentialClosed, Remedy(), Clock.Now + LookAgain);
        }
    }

    private (SignInResult, EngineTime) Granted(SignInGrant grant)
    {
        _failures = 0;
        _alerts.Clear(AlertKey);
        return (new SignInResult(grant, null), Clock.Now);
    }

    private (SignInResult, EngineTime) Without(StoredToken? held, TokenState state)
    {
        if (held is null)
        {
            // None was ever supplied: callers bring their own.
            return (default, Clock.Now + LookAgain);
        }

        // A mark made since this process began is another's who lives, until it has been at it for longer than a call can take.
        if (state.Phase == TokenPhase.Redeeming && held.StoredAt > _startedAt && Clock.WallNow - held.StoredAt < Auth.Endpoint.Deadline + Pause)
        {
            return Busy();
        }

        Alarm(state.Phase);
        return Refuse(RefusalKind.CredentialClosed, Remedy(), Clock.Now + LookAgain);
    }

    private (SignInResult, EngineTime) Busy() =>
        Refuse(RefusalKind.CredentialClosed, $"Another gate is signing on at {Provider.Name}.", Clock.Now + Pause);

    private static (SignInResult, EngineTime) Refuse(RefusalKind kind, string detail, EngineTime until) =>
        (new SignInResult(null, new Refusal(kind, 503, detail, until, null)), until);

    private TimeSpan BackOff() => TimeSpan.FromTicks(Math.Min(PauseMax.Ticks, Pause.Ticks << Math.Min(_failures++, 6)));

    private static EngineTime Later(EngineTime? one, EngineTime other) => one is { } told ? EngineTime.Max(told, other) : other;

    private void Alarm(TokenPhase phase) => _alerts.Raise(
        AlertKey,
        phase == TokenPhase.Revoked
            ? $"{Provider.Name} refused the refresh token; the gate no longer signs on there."
            : $"A sign-in at {Provider.Name} broke off after its refresh token was, or may have been, redeemed, and its successor never came; the gate no longer signs on there.",
        Remedy());

    private string Remedy() =>
        $"Make a new refresh token at {Provider.Name} and put it in {Auth.SecretName} (environment or secrets file, then restart or SIGHUP); the gate takes any token but the one that failed.";

    /// <summary>What is to be written in place of a mark before anything else is done.</summary>
    private sealed record OwedWrite(StoredToken Mark, string Token, TokenState State, SignInGrant? Grant)
    {
        public SignInReply? Failure { get; init; }

        public override string ToString() => State.Phase.ToString();
    }
}
