using System.Buffers;

namespace Headgate.Catalogue;

/// <summary>Ledger keys of limits: the limit's id and whose calls it counts, as <c>kite.quote/9f2c…</c> or <c>coinbase.public/-</c>.</summary>
internal static class LimitKeyTexts
{
    private const int CaptureLengthMax = 64;
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._@");

    public static IReadOnlyList<string> Of(ProviderModel provider, EndpointModel endpoint, Identities identity, ClientRequest request, in RouteMatch match, ICredentialHasher hasher)
    {
        if (endpoint.Limits.Count == 0)
        {
            return [];
        }

        var keys = new string[endpoint.Limits.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var limit = endpoint.Limits[i];
            keys[i] = limit.Scope == LimitScope.Field
                ? OfField(limit, request, hasher)
                : $"{limit.Id}/{Value(provider, endpoint, limit, identity, request.Target, match, hasher)}";
        }

        return keys;
    }

    /// <summary>All 32 digits: two callers must never share a ledger row by a shortened hash.</summary>
    public static string Hex(IdentityHash hash) => hash.IsNone ? "-" : $"{hash.High:x16}{hash.Low:x16}";

    private static string OfField(LimitModel limit, ClientRequest request, ICredentialHasher hasher) =>
        RequestFields.Find(request, limit.Capture!) is { Length: > 0 } value && limit.Matching?.IsMatch(value) != false
            ? $"{limit.Id}/{Shown(value, hasher)}"
            : "";

    private static string Value(ProviderModel provider, EndpointModel endpoint, LimitModel limit, Identities identity, string target, in RouteMatch match, ICredentialHasher hasher) => limit.Scope switch
    {
        LimitScope.LimitKey => Hex(identity.LimitKey),
        LimitScope.Endpoint => $"{endpoint.Name}.{Hex(identity.LimitKey)}",
        LimitScope.Account => Hex(identity.Account),
        LimitScope.Capture => match.TryCapture(target, limit.Capture!, out var raw) ? Captured(provider, limit.Capture!, raw, hasher) : "-",
        _ => "-",
    };

    // A credential in the path, and anything long or odd, is hashed: keys are shown and stored.
    private static string Captured(ProviderModel provider, string name, ReadOnlySpan<char> raw, ICredentialHasher hasher)
    {
        var text = Percent.TryDecode(raw, plusIsSpace: false, out var decoded) ? decoded : raw.ToString();
        var isCredential = provider.Identity.Any(rule => rule.Place == CredentialPlace.Path && string.Equals(rule.Name, name, StringComparison.Ordinal));
        return isCredential ? $"~{Hex(hasher.Hash(text))}" : Shown(text, hasher);
    }

    private static string Shown(string text, ICredentialHasher hasher) =>
        text.Length > CaptureLengthMax || text.AsSpan().IndexOfAnyExcept(Plain) >= 0 ? $"~{Hex(hasher.Hash(text))}" : text;
}
