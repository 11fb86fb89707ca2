using System.Text;
using Headgate.Budgets;
using Headgate.Catalogue;

namespace Headgate.SignIn;

/// <summary>A cookie, got from one page (after its redirects and, in Europe, its consent form), and the crumb that belongs to it. Kept across restarts: getting another may meet a limit.</summary>
internal sealed class CrumbSignIn : OwnedSignIn
{
    private const int StepsMax = 10;
    private const int CrumbCharsMax = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(10);

    private readonly SignInCaller _caller;
    private readonly ITokenVault? _vault;
    private readonly Action<Exception> _report;
    private bool _mayRecall = true;
    private int _failures;

    public CrumbSignIn(ProviderModel provider, SignInCaller caller, ITokenVault? vault, EngineClock clock, Action<Exception> report)
        : base(provider, clock, report)
    {
        _caller = caller;
        _vault = vault;
        _report = report;
    }

    private string Name => $"{Provider.Name}@{Auth.Address.Authority}";

    protected override void OnRefused(SignInGrant grant) => _mayRecall = false;

    protected override async Task<(SignInResult Result, EngineTime NotBefore)> RenewAsync(bool idle)
    {
        if (_mayRecall && await RecallAsync() is { } kept)
        {
            _mayRecall = false;
            return (new SignInResult(kept, null), Clock.Now);
        }

        var since = Clock.Now;
        var jar = new CookieJar();
        var problem = await CollectAsync(jar);
        if (problem is not null)
        {
            return Refuse(problem.Value.Why, problem.Value.RetryAt);
        }

        var reply = await SendAsync(jar, Provider.BaseUrl, "GET", BaseUrls.Prefix(Provider.BaseUrl) + Auth.CrumbPath);
        var crumb = Encoding.UTF8.GetString(reply.Body.Span).Trim();
        if (reply.Status != 200 || crumb.Length is 0 or > CrumbCharsMax || crumb.AsSpan().ContainsAnyExceptInRange('!', '~') || crumb.Contains('<', StringComparison.Ordinal))
        {
            // "Too Many Requests" and pages of HTML come from here too, and are no crumbs.
            return Refuse($"no crumb was given ({reply})", reply.RetryAt);
        }

        await KeepAsync(crumb, jar.Header);
        _failures = 0;
        return (new SignInResult(GrantOf(crumb, jar.Header, since), null), Clock.Now);
    }

    /// <summary>Follows the page to its end, through redirects and consent, collecting cookies.</summary>
    private async Task<(string Why, EngineTime? RetryAt)?> CollectAsync(CookieJar jar)
    {
        var at = new Uri(Auth.Address, BaseUrls.Prefix(Auth.Address) + Auth.Path);
        string? form = null;
        for (var step = 0; step < StepsMax; step++)
        {
            var reply = await SendAsync(jar, new Uri(at.GetLeftPart(UriPartial.Authority)), form is null ? "GET" : "POST", at.PathAndQuery, form);
            if (reply.Status is 0 or 429)
            {
                return ($"no cookie was given ({reply})", reply.RetryAt);
            }

            if (reply.Status is >= 300 and < 400 && reply.Header("Location") is { } location && Uri.TryCreate(at, location, out var next))
            {
                if (!Auth.MayCall(next))
                {
                    return ($"it leads to {next.Host}, which the definition does not name", null);
                }

                (at, form) = (next, null);
            }
            else if (form is null && ConsentForm.Agree(reply) is { } agreed)
            {
                form = agreed;
            }
            else
            {
                // Whatever the page itself says (fc.yahoo.com answers 404), its cookies are what it was asked for.
                return jar.Header.Length > 0 ? null : ($"no cookie was given ({reply})", null);
            }
        }

        return ($"no end after {StepsMax} redirects", null);
    }

    private async Task<SignInReply> SendAsync(CookieJar jar, Uri address, string method, string pathAndQuery, string? form = null)
    {
        IReadOnlyList<HeaderField> headers = jar.Header.Length == 0 ? Auth.Headers : [.. Auth.Headers, new HeaderField("Cookie", jar.Header)];
        var reply = await _caller.SendAsync(Provider, address, method, pathAndQuery, headers, form);
        jar.Take(reply);
        return reply;
    }

    private SignInGrant GrantOf(string crumb, string cookies, EngineTime since) => new(since)
    {
        Headers = [.. Auth.Headers, new HeaderField("Cookie", cookies)],
        Parameter = $"{Auth.CrumbParameter}={Uri.EscapeDataString(crumb)}",
    };

    private async Task<SignInGrant?> RecallAsync()
    {
        try
        {
            return _vault is not null && await _vault.GetAsync(Name, CancellationToken.None) is { Token.Length: > 0 } kept ? GrantOf(kept.Token, kept.State, default) : null;
        }
        catch (LedgerException problem)
        {
            _report(problem);
            return null;
        }
    }

    private async Task KeepAsync(string crumb, string cookies)
    {
        if (_vault is null)
        {
            return;
        }

        try
        {
            await _vault.TryStoreAsync(await _vault.GetAsync(Name, CancellationToken.None), Name, crumb, cookies, CancellationToken.None);
        }
        catch (LedgerException problem)
        {
            // It holds in memory; the next process gets one of its own.
            _report(problem);
        }
    }

    private (SignInResult, EngineTime) Refuse(string why, EngineTime? retryAt)
    {
        var until = Clock.Now + TimeSpan.FromTicks(Math.Min(PauseMax.Ticks, Pause.Ticks << Math.Min(_failures++, 8)));
        until = retryAt is { } told ? EngineTime.Max(told, until) : until;
        return (new SignInResult(null, new Refusal(RefusalKind.CredentialClosed, 503, $"The gate could not sign on at {Provider.Name}: {why}.", until, null)), until);
    }
}
