using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>Understands watches: which endpoint, which items, with which credential.</summary>
internal static class WatchPlanning
{
    /// <exception cref="WatchException">The watch cannot be refreshed without a client; the message says why.</exception>
    public static (RequestPlan Plan, ClientRequest Request) Plan(Engine engine, Watch watch)
    {
        var provider = engine.Catalogue.Find(watch.Provider)
            ?? throw new WatchException($"There is no provider {watch.Provider} for {watch.Name}; known are {string.Join(", ", engine.Catalogue.Providers.Keys.Order(StringComparer.Ordinal))}.");
        var request = new ClientRequest { Method = "GET", Target = watch.Target, Headers = [] };
        if (HoldsSecret(provider, watch.Target) || engine.ShowsCredential(provider, request))
        {
            throw new WatchException($"The target of {watch.Name} holds a credential. Watches are kept on disk and shown: give the gate the secret instead ({Secrets(provider)}).");
        }

        var plan = engine.Plan(provider, request);
        var endpoint = plan.Endpoint;
        if (!endpoint.Cacheable)
        {
            throw new WatchException($"{endpoint.Id}, which {watch.Name} asks, is never held, so there is nothing to keep fresh.");
        }

        if (plan.Range is not null)
        {
            throw new WatchException($"{endpoint.Id}, which {watch.Name} asks, is a candle range: closed bars are kept for good, and open ones are fetched when asked for.");
        }

        if (plan.Items.Count == 0 || plan.Items.Count > (endpoint.Batch?.RequestMax ?? 1))
        {
            throw new WatchException($"{watch.Name} names {plan.Items.Count} items; {endpoint.Id} takes 1 to {endpoint.Batch?.RequestMax ?? 1}.");
        }

        if (plan.Identity.Credential.IsNone && endpoint.Scope != EndpointScope.Public && provider.Identity.Count > 0)
        {
            throw new WatchException($"{endpoint.Id}, which {watch.Name} asks, wants a credential and the gate holds none of its own ({Secrets(provider)}). Without a client only endpoints can be watched that are public or for which the gate brings its own secret.");
        }

        if (plan.SignsIn && engine.ContextOf(provider).SignIn is not { IsSupplied: true })
        {
            throw new WatchException($"{endpoint.Id}, which {watch.Name} asks, goes under the gate's own sign-in, and there is none: set {provider.Auth!.SecretName}.");
        }

        return (plan, request);
    }

    private static bool HoldsSecret(ProviderModel provider, string target)
    {
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            if (SecretNames.IsIdentity(provider, parameter) || SecretNames.IsSuspicious(parameter))
            {
                return true;
            }
        }

        return false;
    }

    private static string Secrets(ProviderModel provider)
    {
        var names = provider.Inject.Where(rule => rule.SecretName.Length > 0).Select(rule => rule.SecretName).Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "its definition names no secret to inject" : $"set {string.Join(" and ", names)}";
    }
}
