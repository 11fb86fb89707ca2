using System.Collections.Frozen;

namespace Headgate.Catalogue;

/// <summary>Builds one provider from its merged definition. What was reported as wrong is left out; the caller looks at the errors.</summary>
internal static class ProviderBinder
{
    private static readonly TimeSpan DeadlineDefault = TimeSpan.FromSeconds(30);

    public static ProviderModel? Bind(CatalogueNode node, Func<string, string?> variable, ErrorList errors)
    {
        var fields = new Fields(node, CatalogueKeys.Provider, "");
        if (fields.Text("provider") is not { } name)
        {
            return null;
        }

        var limits = Limits(name, fields, variable, errors);
        var book = new LimitBook(limits, [.. (node["limits"]?.Entries ?? []).Select(entry => entry.Key)], errors);
        var identity = Elements(fields, "identity", CatalogueKeys.Identity).Select(CredentialBinder.Identity).OfType<IdentityRule>().ToList();
        var defaults = Defaults(name, fields, book, identity.Count > 0, errors);
        var endpoints = new EndpointBinder(defaults, book, errors).Bind(fields.List("endpoints") ?? []);
        if (defaults.Freshness.Kind == FreshnessKind.Origin)
        {
            endpoints = [.. endpoints, defaults.Origin()];
        }

        var auth = fields.Table("auth", CatalogueKeys.Auth) is { } signIn ? AuthBinder.Bind(signIn, defaults, book, endpoints, errors) : null;
        if (auth is { Kind: AuthKind.OAuthRefresh })
        {
            if (endpoints.FirstOrDefault(endpoint => string.Equals(endpoint.Name, AuthBinder.LoginName, StringComparison.Ordinal)) is not null)
            {
                errors.Add(fields.At("auth"), $"endpoints.{AuthBinder.LoginName} is the sign-in's own; expected another name");
            }

            endpoints = [.. endpoints.Append(auth.Endpoint).Order(RouteOrder.MostSpecificFirst)];
        }

        return fields.Text("baseUrl") is not { } address || !BaseUrls.TryParse(address, out var baseUrl)
            ? null
            : new ProviderModel
            {
                Name = name,
                BaseUrl = baseUrl!,
                Market = fields.Text("market"),
                Identity = identity,
                Inject = [.. Elements(fields, "inject", CatalogueKeys.Inject)
                    .Select(rule => CredentialBinder.Injection(rule, errors))
                    .OfType<InjectionRule>()
                    .OrderBy(rule => rule.Purpose.Length > 0)],
                Auth = auth,
                Limits = limits.ToFrozenDictionary(StringComparer.Ordinal),
                Backoff = Backoff(fields),
                Price = Price(fields),
                Endpoints = endpoints,
                Passthrough = defaults.Passthrough("passthrough", PassthroughRoute),
                Errors = [.. Elements(fields, "errors", CatalogueKeys.ErrorRule).Select(rule => ErrorRuleBinder.Bind(rule, book, errors))],
                Dialect = fields.Table("dialect", CatalogueKeys.Dialect) is { } dialect ? DialectBinder.Bind(dialect, errors) : null,
                Clients = [.. fields.Entries("clients").Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text))],
                Mode = fields.Text("mode") switch
                {
                    "shadow" => GateMode.Shadow,
                    "bypass" => GateMode.Bypass,
                    _ => GateMode.On,
                },
            };
    }

    private static readonly RouteTemplate PassthroughRoute = RouteParser.Parse("ANY /**")!;

    private static Dictionary<string, LimitModel> Limits(string provider, Fields fields, Func<string, string?> variable, ErrorList errors)
    {
        var limits = new Dictionary<string, LimitModel>(StringComparer.Ordinal);
        foreach (var (name, node) in fields.Entries("limits"))
        {
            if (node.Kind == NodeKind.Map
                && LimitBinder.Bind(provider, name, new Fields(node, CatalogueKeys.Limit, $"limits.{name}"), variable, errors) is { } limit)
            {
                limits[name] = limit;
            }
        }

        return limits;
    }

    private static EndpointDefaults Defaults(string provider, Fields fields, LimitBook limits, bool hasIdentity, ErrorList errors) => new(
        provider,
        ScopeWords.Scope(fields.Text("scope")) ?? (hasIdentity ? EndpointScope.Entitled : EndpointScope.Public),
        fields.Duration("deadline") ?? DeadlineDefault,
        fields.Duration("timeout"),
        fields.Texts("contentTypes") ?? [],
        FreshnessBinder.Bind(fields, hasRange: false, errors) ?? FreshnessBinder.None,
        DefaultLimits(fields, limits, errors));

    private static IReadOnlyList<LimitModel> DefaultLimits(Fields fields, LimitBook limits, ErrorList errors)
    {
        var chosen = limits.Find(fields, "defaultLimit");
        foreach (var limit in chosen ?? [])
        {
            if (limit.Scope == LimitScope.Capture)
            {
                errors.Add(fields.At("defaultLimit"), $"defaultLimit has {limit.Name}, which counts by capture; expected a limit that unmatched paths can spend");
            }
        }

        return chosen ?? limits.All;
    }

    private static BackoffModel Backoff(Fields fields)
    {
        if (fields.Table("backoff", CatalogueKeys.Backoff) is not { } backoff)
        {
            return BackoffModel.Default;
        }

        var number = backoff.Text("base") is { } text && Quantities.TryNumber(text, out var parsed) ? parsed : BackoffModel.Default.Base;
        return new BackoffModel(number, backoff.Duration("max") ?? BackoffModel.Default.Max);
    }

    private static PriceModel? Price(Fields fields) =>
        fields.Table("price", CatalogueKeys.Price) is { } price && price.Text("currency") is { } currency
            ? new PriceModel(price.Number("perCall") ?? 0, price.Number("monthly") ?? 0, currency) { PerCredit = price.Number("perCredit") ?? 0 }
            : null;

    private static IEnumerable<Fields> Elements(Fields fields, string key, TableShape table)
    {
        var nodes = fields.List(key) ?? [];
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Kind == NodeKind.Map)
            {
                yield return new Fields(nodes[i], table, nodes.Count == 1 ? key : $"{key}[{i}]");
            }
        }
    }
}
