namespace Headgate.Catalogue;

/// <summary>Which query parameters hold credentials.</summary>
internal static class SecretNames
{
    // Names that hold secrets at one provider or another. A request may carry one that its definition does not know (Kite's logout has
    // api_key and access_token in the query), and what is logged must not depend on the definition being complete.
    private static readonly string[] Suspicious =
    [
        "api_key", "apikey", "api-key", "token", "access_token", "auth_token", "request_token", "refresh_token", "enctoken", "id_token",
        "secret", "api_secret", "client_secret", "signature", "password", "passwd", "pwd", "checksum", "crumb", "sid", "code", "jwt", "authorization",
    ];

    /// <summary>A credential by the provider's own rules: it says who asks and is part of no key.</summary>
    public static bool IsIdentity(ProviderModel provider, in QueryParameter parameter)
    {
        foreach (var rule in provider.Identity)
        {
            if (rule.Place == CredentialPlace.Query && parameter.Is(rule.Name))
            {
                return true;
            }
        }

        foreach (var rule in provider.Inject)
        {
            if (rule.Place == CredentialPlace.Query && rule.SecretName.Length > 0 && parameter.Is(rule.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Perhaps a credential: hidden wherever the request is shown, hashed where it must tell requests apart.</summary>
    public static bool IsSuspicious(in QueryParameter parameter)
    {
        foreach (var name in Suspicious)
        {
            if (parameter.Is(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
