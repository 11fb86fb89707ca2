using System.Collections.Frozen;
using System.Net;
using Headgate.Gateway.Proxy;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Security;

/// <summary>
/// Any web page can reach 127.0.0.1, and a name of its own can be made to point there. Where a request could do harm (the management API, calls into
/// which the gate injects a secret) it must therefore name the gate and must not come from another page.
/// </summary>
internal sealed class BrowserRules(IEnumerable<string> hosts)
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _hosts =
        hosts.Append("localhost").ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The reason to refuse, or null.</summary>
    public Problem? Check(IHeaderDictionary headers)
    {
        var host = headers.Host;
        if (host.Count != 1 || !IsOwn(HostOf(host[0])))
        {
            return new Problem(ProblemType.ForeignHost, 403, "The Host header names neither a loopback name, a bound address nor a configured host.");
        }

        if (headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString().Contains("cross-site", StringComparison.OrdinalIgnoreCase))
        {
            return new Problem(ProblemType.ForeignOrigin, 403, "A page of another site made this request.");
        }

        return headers.Origin is { Count: > 0 } origin && !IsSame(origin, host[0])
            ? new Problem(ProblemType.ForeignOrigin, 403, "The Origin header names another page.")
            : null;
    }

    private bool IsOwn(ReadOnlySpan<char> host) =>
        _hosts.Contains(host) || (IPAddress.TryParse(host.Trim("[]"), out var ip) && IPAddress.IsLoopback(ip));

    private static ReadOnlySpan<char> HostOf(ReadOnlySpan<char> authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
    }

    private static bool IsSame(string? origin, string? authority)
    {
        var text = origin.AsSpan();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && text[(scheme + 3)..].Equals(authority, StringComparison.OrdinalIgnoreCase);
    }
}
