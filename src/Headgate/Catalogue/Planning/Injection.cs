namespace Headgate.Catalogue;

/// <summary>One value the gate adds to a call.</summary>
internal readonly record struct InjectedValue(CredentialPlace Place, string Name, string Value)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => Name;
}

/// <summary>Decides whether the gate brings its own credential: only for callers that show none, and only when every secret is there.</summary>
internal static class Injection
{
    /// <summary>What is added for this request; empty for callers that bring a credential.</summary>
    public static IReadOnlyList<InjectedValue> For(ProviderModel provider, EndpointModel endpoint, ClientRequest request, bool showsCredential, ISecretSource? secrets)
    {
        if (showsCredential || secrets is null || provider.Inject.Count == 0)
        {
            return [];
        }

        var purpose = provider.Inject.Any(rule => IsFor(rule, endpoint.Purpose)) ? endpoint.Purpose : "";
        var values = new List<InjectedValue>();
        foreach (var rule in provider.Inject.Where(rule => IsFor(rule, purpose)))
        {
            var secret = rule.SecretName.Length == 0 ? "" : secrets.Find(rule.SecretName);
            if (secret is null)
            {
                // Half a credential would only be refused, and charged.
                return [];
            }

            if (!IsPresent(rule, request))
            {
                values.Add(new InjectedValue(rule.Place, rule.Name, rule.Template.Replace("{secret}", secret, StringComparison.Ordinal)));
            }
            else if (rule.SecretName.Length > 0)
            {
                // The caller brings something in the credential's own place, even where no identity rule reads it.
                return [];
            }
        }

        return values;
    }

    private static bool IsFor(InjectionRule rule, string purpose) => string.Equals(rule.Purpose, purpose, StringComparison.Ordinal);

    private static bool IsPresent(InjectionRule rule, ClientRequest request) => rule.Place == CredentialPlace.Header
        ? request.Header(rule.Name) is not null
        : Targets.Parameter(request.Target, rule.Name) is not null;
}
