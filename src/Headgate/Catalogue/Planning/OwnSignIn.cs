using System.Text;

namespace Headgate.Catalogue;

/// <summary>Decides which requests go with the sign-in that the gate owns. Pure.</summary>
internal static class OwnSignIn
{
    /// <summary>
    /// Reads of callers that bring no credential. Writes never: who orders must show that he may. A crumb is no account, so it is the gate's for everybody.
    /// </summary>
    public static bool Covers(ProviderModel provider, EndpointModel endpoint, ClientRequest request, bool showsCredential) =>
        provider.Auth is { } auth
        && auth.Covers(endpoint)
        && request.Method is "GET" or "HEAD"
        && (auth.Kind == AuthKind.Crumb || !(showsCredential || request.Header("Authorization") is not null));

    /// <summary>Does the caller bring a crumb of its own, which would tell equal requests apart?</summary>
    public static bool Replaces(ProviderModel provider, EndpointModel endpoint, ClientRequest request) =>
        provider.Auth is { Kind: AuthKind.Crumb } auth && auth.Covers(endpoint) && Targets.Parameter(request.Target, auth.CrumbParameter) is not null;

    public static ClientRequest WithoutCrumb(AuthModel auth, ClientRequest request)
    {
        var text = new StringBuilder(request.Target.Length).Append(Targets.Path(request.Target));
        var isFirst = true;
        foreach (var parameter in new QueryParameters(Targets.Query(request.Target)))
        {
            if (!parameter.Is(auth.CrumbParameter))
            {
                text.Append(isFirst ? '?' : '&').Append(parameter.Raw);
                isFirst = false;
            }
        }

        return new ClientRequest { Method = request.Method, Target = text.ToString(), Headers = request.Headers, Body = request.Body, HasBody = request.HasBody };
    }

    /// <summary>One and the same whatever token is in use: limits, entitlements and entries outlive tokens. A crumb's calls are nobody's in particular.</summary>
    public static Identities Identity(ProviderModel provider, ICredentialHasher hasher)
    {
        if (provider.Auth is not { Kind: AuthKind.OAuthRefresh })
        {
            return Identities.None;
        }

        // No header value holds a line break, so no caller can have this identity.
        var own = hasher.Hash($"{provider.Name}\nsign-in of the gate");
        return new Identities(own, own, own);
    }

    /// <summary>Where calls of this endpoint go, if not to the provider's own address.</summary>
    public static Uri? AddressOf(ProviderModel provider, EndpointModel endpoint) => provider.Auth is { } auth && auth.IsLogin(endpoint) ? auth.Address : null;
}
