using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Flights;

namespace Headgate.Dispatch;

/// <summary>What an upstream's yes or no to a credential leads to.</summary>
internal static class CredentialClosing
{
    /// <summary>The upstream took it.</summary>
    public static void Accept(ProviderContext provider, RequestPlan plan)
    {
        if (provider.Credentials.Accepted(plan, provider.Clock.Now) is { } ended)
        {
            _ = LimitClosing.RecordAsync(provider, ended);
        }
    }

    /// <summary>The upstream took it and answered: for a while it is served what others of this class fetched.</summary>
    public static void Entitle(ProviderContext provider, RequestPlan plan)
    {
        Accept(provider, plan);
        if (plan.Endpoint.Scope != EndpointScope.Public)
        {
            provider.Keep(plan.Provider, () => provider.Entitlements.Accept(
                plan.Provider.Name, plan.Endpoint.Class, plan.Identity.Credential, provider.Clock.Now, provider.Options.EntitlementLife));
        }
    }

    /// <summary>The upstream refused it: its entitlement ends, and with the third refusal in a row all that waits with it is answered.</summary>
    public static void Reject(ProviderContext provider, RequestPlan plan)
    {
        provider.Entitlements.End(plan.Provider.Name, plan.Endpoint.Class, plan.Identity.Credential);
        if (provider.Credentials.Refused(plan, provider.Clock.Now) is not { } closure)
        {
            return;
        }

        var endpoint = plan.Identity.Credential.IsNone ? plan.Endpoint.Id : null;
        provider.Dispatcher.RefuseWaiting(
            waiting => waiting.Identity.Credential == plan.Identity.Credential && (endpoint is null || string.Equals(waiting.Endpoint.Id, endpoint, StringComparison.Ordinal)),
            CredentialGuard.Refusal(closure.Until));
        _ = LimitClosing.RecordAsync(provider, closure);
    }
}
