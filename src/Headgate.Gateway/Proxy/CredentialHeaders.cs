using System.Runtime.CompilerServices;
using Headgate.Catalogue;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>Which headers decide who a caller is at a provider and what the gate adds for it, and so which plan a request gets.</summary>
internal static class CredentialHeaders
{
    private static readonly ConditionalWeakTable<ProviderModel, string[]> Names = [];

    /// <summary>False where every request carries a new credential (signed tokens): remembering plans would only fill the memo.</summary>
    public static bool AreSteady(ProviderModel provider)
    {
        foreach (var rule in provider.Identity)
        {
            if (rule.JwtClaim is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The values those headers have, joined; the header's own string when there is one, so that the hit path allocates nothing.</summary>
    public static string Read(ProviderModel provider, IHeaderDictionary headers)
    {
        var names = Names.GetValue(provider, static model =>
        [
            .. model.Identity.Where(rule => rule.Place == CredentialPlace.Header).Select(rule => rule.Name)
                .Concat(model.Inject.Where(rule => rule.Place == CredentialPlace.Header).Select(rule => rule.Name))
                .Concat(model.Auth is null ? [] : ["Authorization"])
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ]);
        if (names.Length == 0)
        {
            return "";
        }

        if (names.Length == 1)
        {
            return Join(headers[names[0]]);
        }

        return string.Join('\r', names.Select(name => Join(headers[name])));
    }

    // Line breaks cannot stand in a value: no two different sets of values join to the same text.
    private static string Join(in StringValues values) => values.Count switch
    {
        0 => "",
        1 => values[0] ?? "",
        _ => string.Join('\n', values.ToArray()),
    };
}
