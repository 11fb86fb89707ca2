namespace Headgate.Catalogue;

/// <summary>Builds the sign-in that the gate owns.</summary>
internal static class AuthBinder
{
    /// <summary>Name of the endpoint whose calls are the sign-in itself.</summary>
    public const string LoginName = "login";

    public static AuthModel? Bind(Fields fields, EndpointDefaults defaults, LimitBook limits, IReadOnlyList<EndpointModel> endpoints, ErrorList errors)
    {
        if (fields.Text("kind") is not { } word || fields.Text("login") is not { } login || !Uri.TryCreate(login, UriKind.Absolute, out var address))
        {
            return null;
        }

        var kind = word is "crumb" ? AuthKind.Crumb : AuthKind.OAuthRefresh;
        Require(fields, kind == AuthKind.Crumb ? ["crumb", "parameter"] : ["secret"], word, errors);
        foreach (var name in fields.List("endpoints") ?? [])
        {
            if (!endpoints.Any(endpoint => string.Equals(endpoint.Name, name.Text, StringComparison.Ordinal)))
            {
                errors.Add(name, $"{fields.PathOf("endpoints")} has {name.Shown}, which is not under endpoints");
            }
        }

        var spends = limits.Find(fields, "limits") ?? defaults.Limits;
        var timeout = fields.Duration("timeout") ?? TimeSpan.FromSeconds(20);
        return new AuthModel
        {
            Kind = kind,
            Address = new Uri(address.GetLeftPart(UriPartial.Authority)),
            Path = address.AbsolutePath,
            Hosts = fields.Texts("hosts") ?? [],
            SecretName = fields.Text("secret") ?? "",
            Margin = fields.Duration("margin") ?? TimeSpan.FromMinutes(5),
            RefreshEvery = fields.Duration("refresh") ?? TimeSpan.FromHours(12),
            CrumbPath = fields.Text("crumb") ?? "",
            CrumbParameter = fields.Text("parameter") ?? "",
            Headers = [.. fields.Entries("headers").Select(entry => new HeaderField(entry.Key, entry.Value.Text))],
            Endpoints = fields.Texts("endpoints") ?? [],
            Endpoint = (defaults with { Limits = spends, Deadline = timeout * 2, Timeout = timeout }).Passthrough(LoginName, RouteParser.Parse($"ANY {address.AbsolutePath}")!),
        };
    }

    private static void Require(Fields fields, string[] keys, string kind, ErrorList errors)
    {
        foreach (var key in keys.Where(key => fields.Text(key) is null))
        {
            errors.Add(fields.Node, $"{fields.PathOf(key)} is missing; {kind} needs it");
        }
    }
}
