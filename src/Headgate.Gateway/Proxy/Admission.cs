using Headgate.Gateway.Security;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary>Who may come in: client tokens, host names, other web pages, and requests the edge cannot carry.</summary>
internal sealed class Admission(TokenVault tokens, BrowserRules browsers)
{
    /// <summary>Judges a request to an upstream. Null lets it in.</summary>
    public Problem? CheckProxy(HttpContext context, Lane lane, in Route route)
    {
        var headers = context.Request.Headers;
        if (headers.TransferEncoding.Count > 0 && headers.ContainsKey("X-Content-Length"))
        {
            // Kestrel sets the length aside under this name; front and back servers that disagree on it are how requests are smuggled.
            return new Problem(ProblemType.BadRequest, 400, "Content-Length and Transfer-Encoding contradict each other.");
        }

        if (headers.TransferEncoding.Count > 0 && !string.Equals(headers.TransferEncoding.ToString(), "chunked", StringComparison.OrdinalIgnoreCase))
        {
            // The server underneath takes off the chunks and leaves what is coded below them, which nobody upstream would be told of.
            return new Problem(ProblemType.BadRequest, 400, "A request body may be chunked; other transfer codings are not taken.");
        }

        if (headers.Upgrade.Count > 0 && headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase))
        {
            return new Problem(ProblemType.UpgradeUnsupported, 501, "Streams are not carried yet; ask by HTTP.");
        }

        if (route.Token is null && !lane.Listener.RequiresToken && !headers.ContainsKey("Headgate-Token"))
        {
            lane.Token = null;
            lane.TokenText = null;
            return null;
        }

        var token = TokenOf(lane, route.Token ?? Shown(headers, allowsAuthorization: false));
        if (token is null)
        {
            return new Problem(ProblemType.Unauthenticated, 401, "Show a client token: header Headgate-Token, or /t/{token}/ before the provider.");
        }

        return token.Allows(route.Provider!.Name) ? null : new Problem(ProblemType.Forbidden, 403, $"The token '{token.Name}' is not for this provider.");
    }

    /// <summary>Judges a request into which the gate is about to inject a secret. Null lets it in.</summary>
    public Problem? CheckInjected(HttpContext context) => browsers.Check(context.Request.Headers);

    /// <summary>Judges a request to the gate's own pages. Null lets it in.</summary>
    public Problem? CheckOwn(HttpContext context, Lane lane)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            return null;
        }

        if (lane.Listener.RequiresToken && !path.Equals("/", StringComparison.Ordinal))
        {
            var token = TokenOf(lane, Shown(context.Request.Headers, allowsAuthorization: true));
            if (token is null)
            {
                return new Problem(ProblemType.Unauthenticated, 401, "Show an admin token: header Headgate-Token, or Authorization: Bearer.");
            }

            if (!token.IsAdmin)
            {
                return new Problem(ProblemType.Forbidden, 403, $"The token '{token.Name}' is not for the management API.");
            }
        }

        return browsers.Check(context.Request.Headers);
    }

    private ClientToken? TokenOf(Lane lane, string? shown)
    {
        if (shown is null)
        {
            lane.Token = null;
            lane.TokenText = null;
        }
        else if (!string.Equals(lane.TokenText, shown, StringComparison.Ordinal))
        {
            lane.Token = tokens.Find(shown);
            lane.TokenText = shown;
        }

        return lane.Token;
    }

    // Authorization belongs to the upstream on proxied requests.
    private static string? Shown(IHeaderDictionary headers, bool allowsAuthorization)
    {
        if (headers["Headgate-Token"] is { Count: 1 } own)
        {
            return own[0];
        }

        return Bearer(headers.ProxyAuthorization) ?? (allowsAuthorization ? Bearer(headers.Authorization) : null);
    }

    private static string? Bearer(string? value) =>
        value is not null && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value["Bearer ".Length..].Trim() : null;
}
