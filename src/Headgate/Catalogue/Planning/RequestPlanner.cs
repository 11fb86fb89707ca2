using System.Security.Cryptography;
using System.Text;
using Headgate.Caching;

namespace Headgate.Catalogue;

/// <summary>Understands client requests. Pure and thread-safe; never throws on what a client sends.</summary>
/// <remarks>
/// Costs a few microseconds and some strings: plans may be remembered per provider model, target and credential headers. A request
/// that names more items than <see cref="BatchModel.RequestMax"/> is planned all the same; the edge compares with the count of
/// <see cref="RequestPlan.Items"/> and refuses it.
/// </remarks>
public static class RequestPlanner
{
    /// <param name="provider">The provider asked.</param>
    /// <param name="request">The request; its target is below the provider.</param>
    /// <param name="hasher">Turns credentials into keyed hashes; nothing else of them enters a key.</param>
    /// <param name="secrets">The gate's own secrets for callers that bring none, or null.</param>
    public static RequestPlan Plan(ProviderModel provider, ClientRequest request, ICredentialHasher hasher, ISecretSource? secrets)
    {
        var match = provider.Matcher.Match(request.Method, request.Target);
        if (OwnSignIn.Replaces(provider, match.Endpoint, request))
        {
            request = OwnSignIn.WithoutCrumb(provider.Auth!, request);
            match = provider.Matcher.Match(request.Method, request.Target);
        }

        var shown = CredentialReader.Find(provider, request, match, []);
        var injected = Injection.For(provider, match.Endpoint, request, shown is not null, secrets);
        if (injected.Count > 0)
        {
            shown = CredentialReader.Find(provider, request, match, injected);
        }

        var signsIn = OwnSignIn.Covers(provider, match.Endpoint, request, shown is not null);
        var identity = signsIn ? OwnSignIn.Identity(provider, hasher) : CredentialReader.Identify(shown, hasher);
        var address = OwnSignIn.AddressOf(provider, match.Endpoint);
        var prefix = BaseUrls.Prefix(address ?? provider.BaseUrl);
        var alone = false;
        var items = match.Endpoint.Batch is { } batch && Targets.IsOrdinary(request.Target) ? ItemReader.Read(batch, request.Target, match, out alone) : null;
        var endpoint = items is null ? match.Whole : match.Endpoint;
        var owner = endpoint.Scope == EndpointScope.Account ? identity.Account : default;

        // Hundreds of items and nothing else is the request that is planned most often, and then nothing else need be looked for.
        var itemsAlone = items is not null && alone;
        return new RequestPlan
        {
            Provider = provider,
            Endpoint = endpoint,
            Identity = identity,
            IsAmbiguous = CredentialReader.IsAmbiguous(provider, request),
            SignsIn = signsIn,
            IsContentRead = endpoint.Content?.Takes(request) == true,
            Address = address,
            Target = WithInjected(prefix + request.Target, injected),
            SafeTarget = SafeTargets.Show(provider, request, match, itemsAlone),
            Items = items is null
                ? [new PlannedItem(new ItemKey(endpoint.Id, owner, SafeTargets.Key(provider, request, match, hasher) + ContentKey(endpoint, request)), "", InstrumentFacts.Market(provider, endpoint, request.Target, match))]
                : Planned(provider, endpoint, request.Target, match, items, itemsAlone, owner, hasher),
            IsBare = items is [_] && endpoint.Batch is { SingleParameter: { } single } && Targets.Parameter(request.Target, single) is not null,
            Origin = endpoint is { Range: not null, Freshness.PastIsFinal: true } ? LimitKeyTexts.Hex(OriginBook.Of(provider, hasher).Origin) : "",
            Bar = InstrumentFacts.Bar(endpoint, request.Target, match),
            Variant = Variant(endpoint, prefix, request.Target, match, itemsAlone, identity, injected),
            LimitKeys = LimitKeyTexts.Of(provider, endpoint, identity, request, match, hasher),
            InjectedHeaders = [.. injected.Where(value => value.Place == CredentialPlace.Header).Select(value => new HeaderField(value.Name, value.Value))],
        };
    }

    // The content alone, not what it is called: the same picture under two names is one picture.
    private static string ContentKey(EndpointModel endpoint, ClientRequest request) => endpoint.Content?.Takes(request) == true
        ? $" {ContentModel.TypeOf(request)} {Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))}"
        : "";

    /// <summary>A call of the sign-in itself: to an address of its own, nobody's, shown without its query.</summary>
    internal static RequestPlan ForSignIn(ProviderModel provider, Uri address, ClientRequest request, ICredentialHasher hasher)
    {
        var endpoint = provider.Auth!.Endpoint;
        var path = Targets.Path(request.Target).ToString();
        var own = hasher.Hash($"{provider.Name}\nsign-in of the gate");
        return new RequestPlan
        {
            Provider = provider,
            Endpoint = endpoint,
            Identity = new Identities(own, own, own),
            Address = address,
            Target = request.Target,
            SafeTarget = path,
            Items = [new PlannedItem(new ItemKey(endpoint.Id, own, path), "")],
            Variant = new CallVariant(endpoint.Id, path, "", own),
            LimitKeys = LimitKeyTexts.Of(provider, endpoint, new Identities(own, own, own), request, default, hasher),
        };
    }

    private static PlannedItem[] Planned(
        ProviderModel provider, EndpointModel endpoint, string target, in RouteMatch match, IReadOnlyList<string> items, bool itemsAlone, IdentityHash owner, ICredentialHasher hasher)
    {
        var batch = endpoint.Batch!;
        // Other captures than the items themselves tell answers apart (buy and sell trigger ranges).
        var others = match.Captures.Length - (batch.Style == BatchStyle.PathSegment ? 1 : 0);
        var path = others > 0 ? SafeTargets.Path(provider, target, match) ?? ItemFreePath(batch, target, match) : null;
        var suffix = itemsAlone && path is null ? "" : ItemIds.Suffix(provider, batch, target, match, path, hasher);
        var planned = new PlannedItem[items.Count];
        for (var i = 0; i < planned.Length; i++)
        {
            planned[i] = new PlannedItem(new ItemKey(endpoint.Id, owner, ItemIds.Of(items[i], suffix)), items[i], InstrumentFacts.Market(provider, endpoint, items[i]));
        }

        return planned;
    }

    private static CallVariant Variant(
        EndpointModel endpoint, string prefix, string target, in RouteMatch match, bool itemsAlone, Identities identity, IReadOnlyList<InjectedValue> injected)
    {
        var skip = endpoint.Batch is { Style: not BatchStyle.PathSegment } batch ? batch.Parameter : null;
        var single = skip is null ? null : endpoint.Batch!.SingleParameter;
        var query = new StringBuilder();
        foreach (var parameter in new QueryParameters(itemsAlone ? default : Targets.Query(target)))
        {
            if (skip is null || !(parameter.Is(skip) || (single is not null && parameter.Is(single))))
            {
                query.Append(query.Length == 0 ? "" : "&").Append(parameter.Raw);
            }
        }

        AppendInjected(query, injected, first: "");
        var path = endpoint.Batch is { } batched ? ItemFreePath(batched, target, match) : Targets.Path(target).ToString();
        return new CallVariant(endpoint.Id, prefix + path, query.ToString(), identity.Credential);
    }

    private static string ItemFreePath(BatchModel batch, string target, in RouteMatch match)
    {
        var path = Targets.Path(target);
        if (batch.Style == BatchStyle.PathSegment)
        {
            foreach (var capture in match.Captures)
            {
                if (string.Equals(capture.Name, batch.Parameter, StringComparison.Ordinal))
                {
                    return string.Concat(path[..capture.Start], CallBuilder.ItemPlace, path[(capture.Start + capture.Length)..]);
                }
            }
        }

        return path.ToString();
    }

    private static string WithInjected(string target, IReadOnlyList<InjectedValue> injected)
    {
        var text = new StringBuilder(target);
        AppendInjected(text, injected, target.Contains('?', StringComparison.Ordinal) ? "&" : "?");
        return text.Length == target.Length ? target : text.ToString();
    }

    private static void AppendInjected(StringBuilder text, IReadOnlyList<InjectedValue> injected, string first)
    {
        foreach (var value in injected)
        {
            if (value.Place == CredentialPlace.Query)
            {
                text.Append(first.Length > 0 ? first : text.Length == 0 ? "" : "&");
                Percent.Encode(text, value.Name, spaceAsPlus: true);
                text.Append('=');
                Percent.Encode(text, value.Value, spaceAsPlus: true);
                first = "&";
            }
        }
    }
}
