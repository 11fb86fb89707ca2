namespace Headgate.Catalogue;

/// <summary>Reads who asks from a request, by the provider's rules. Raw values leave it only as keyed hashes.</summary>
internal static class CredentialReader
{
    /// <summary>The value of the first rule whose place is present, or null for a caller that shows no credential.</summary>
    public static (IdentityRule Rule, string Value)? Find(ProviderModel provider, ClientRequest request, in RouteMatch match, IReadOnlyList<InjectedValue> injected)
    {
        foreach (var rule in provider.Identity)
        {
            if (Value(rule, request, match, injected) is { Length: > 0 } value)
            {
                return (rule, value);
            }
        }

        return null;
    }

    /// <summary>
    /// Does one place state the credential twice and differently? The upstream may heed either, and limits would be charged and answers kept for somebody else.
    /// </summary>
    public static bool IsAmbiguous(ProviderModel provider, ClientRequest request)
    {
        foreach (var rule in provider.Identity)
        {
            if (rule.Place switch { CredentialPlace.Header => HeadersDiffer(request.Headers, rule.Name), CredentialPlace.Query => ParametersDiffer(request.Target, rule.Name), _ => false })
            {
                return true;
            }
        }

        return false;
    }

    public static Identities Identify((IdentityRule Rule, string Value)? found, ICredentialHasher hasher)
    {
        if (found is not { } shown)
        {
            return Identities.None;
        }

        var (limitKey, account, credential) = Split(shown.Rule, shown.Value);
        var credentialHash = hasher.Hash(credential);
        var limitKeyHash = limitKey is null ? credentialHash : hasher.Hash(limitKey);
        return new Identities(limitKeyHash, account is null ? limitKeyHash : hasher.Hash(account), credentialHash);
    }

    private static (string? LimitKey, string? Account, string Credential) Split(IdentityRule rule, string value)
    {
        var match = rule.Pattern?.Match(value);
        var credential = Group(match, "credential") ?? value;
        if (rule.JwtClaim is { } claim)
        {
            return (null, null, JwtClaims.Find(WithoutScheme(credential), claim) ?? value);
        }

        var limitKey = Group(match, "limitKey");
        // Entitlement goes by the credential. A token alone would entitle its holder under any limit key he cares to write before it,
        // so a credential that does not hold the limit key is bound to it.
        var bound = limitKey is null || credential.Contains(limitKey, StringComparison.Ordinal) ? credential : $"{limitKey}\n{credential}";
        return (limitKey, Group(match, "account"), bound);
    }

    private static string? Group(System.Text.RegularExpressions.Match? match, string name) =>
        match is { Success: true } && match.Groups[name] is { Success: true, Length: > 0 } group ? group.Value : null;

    private static ReadOnlySpan<char> WithoutScheme(string credential)
    {
        var space = credential.LastIndexOf(' ');
        return credential.AsSpan(space + 1);
    }

    private static string? Value(IdentityRule rule, ClientRequest request, in RouteMatch match, IReadOnlyList<InjectedValue> injected)
    {
        foreach (var value in injected)
        {
            if (value.Place == rule.Place && string.Equals(value.Name, rule.Name, Comparison(rule.Place)))
            {
                return value.Value;
            }
        }

        return rule.Place switch
        {
            CredentialPlace.Header => request.Header(rule.Name)?.Trim(),
            CredentialPlace.Query => Targets.Parameter(request.Target, rule.Name),
            _ => match.TryCapture(request.Target, rule.Name, out var raw)
                ? Percent.TryDecode(raw, plusIsSpace: false, out var text) ? text : raw.ToString()
                : null,
        };
    }

    private static bool HeadersDiffer(IReadOnlyList<HeaderField> headers, string name)
    {
        string? first = null;
        foreach (var header in headers)
        {
            if (header.Is(name) && !string.Equals(first ??= header.Value, header.Value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ParametersDiffer(string target, string name)
    {
        ReadOnlySpan<char> first = default;
        var isStated = false;
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            if (!parameter.Is(name))
            {
                continue;
            }

            if (isStated && !parameter.RawValue.SequenceEqual(first))
            {
                return true;
            }

            first = parameter.RawValue;
            isStated = true;
        }

        return false;
    }

    private static StringComparison Comparison(CredentialPlace place) =>
        place == CredentialPlace.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
