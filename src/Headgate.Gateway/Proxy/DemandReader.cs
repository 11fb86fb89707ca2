using Headgate.Catalogue;
using Headgate.Gateway.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>Turns a request into a demand: plan, freshness, urgency, client and deadline.</summary>
internal sealed class DemandReader(IEngineDoor engine, GatewayOptions options)
{
    private const int ClientNameMax = 64;

    private readonly PlanMemo _plans = new(options.PlansMax);
    private readonly ClientProfile _default = options.Clients.GetValueOrDefault("default") ?? new ClientProfile();

    /// <summary>The form of errors for this asker: its profile's, else the listener's.</summary>
    public ErrorStyle ErrorsFor(HttpContext context, Lane lane) => ProfileOf(ClientName(context, lane), lane).Errors ?? lane.Listener.Errors;

    /// <summary>The demand for a look at memory.</summary>
    public Asked Read(in Exchange exchange, string target)
    {
        var request = exchange.Context.Request;
        var headers = request.Headers;
        var deadline = default(TimeSpan?);
        var asOfMax = default(TimeSpan?);
        if (!TryDuration(headers["Headgate-Deadline"], ref deadline) || !TryDuration(headers["Headgate-As-Of-Max"], ref asOfMax))
        {
            return Bad("Headgate-Deadline and Headgate-As-Of-Max take a duration such as 500ms or 2s.");
        }

        var plan = PlanFor(exchange, target);
        if (plan.IsAmbiguous)
        {
            return Bad("The credential is stated twice and differently; state it once.");
        }

        if (plan.Endpoint.Batch is { } batch && plan.Items.Count > batch.RequestMax)
        {
            return Bad($"One request may name up to {batch.RequestMax} instruments.");
        }

        var client = ClientName(exchange.Context, exchange.Lane);
        var profile = ProfileOf(client, exchange.Lane);
        var ofEndpoint = profile.Endpoints.Count == 0 ? null : profile.Endpoints.GetValueOrDefault(plan.Endpoint.Id);
        var demand = new Demand
        {
            Plan = plan,
            Request = exchange.Lane.HitRequest!,
            Freshness = exchange.Lane.StatedBy(headers.CacheControl) with { AsOfMax = asOfMax, ProfileTtl = ofEndpoint?.Ttl, ProfileStale = ofEndpoint?.Stale },
            Urgency = (headers["Priority"] is { Count: > 0 } priority ? PriorityField.Parse(priority) : null) ?? UrgencyOf(profile),
            Client = client,
            Deadline = deadline > options.DeadlineMax ? options.DeadlineMax : deadline,
            RequestId = exchange.RequestId,
        };
        return new Asked(null, demand, IsSafeRead(request, plan)) { IsInjected = IsInjected(plan, target) };
    }

    /// <summary>The same demand with a request of its own, which may outlive this one.</summary>
    public Demand Full(in Exchange exchange, in Asked asked, ReadOnlyMemory<byte> body, bool hasBody)
    {
        var known = asked.Demand!;
        var request = new ClientRequest
        {
            Method = known.Request.Method,
            Target = known.Request.Target,
            Headers = RequestHeaders.Collect(exchange.Context.Request.Headers, isAnsweredHere: asked.IsSafeRead && !known.Plan.Endpoint.Freshness.IsOrigin),
            Body = body,
            HasBody = hasBody,
        };
        return new Demand
        {
            // Whose limit a write spends, or what a POST that is a read asks, stands in its body, which was not read when it was planned.
            Plan = hasBody && (known.Plan.Endpoint.Content is not null || known.Plan.Endpoint.Limits.Any(limit => limit.Scope == LimitScope.Field)) ? engine.Plan(known.Plan.Provider, request) : known.Plan,
            Request = request,
            Freshness = known.Freshness,
            Urgency = known.Urgency,
            Client = known.Client,
            Deadline = known.Deadline,
            GateAddress = known.Plan.Provider.Auth is { } auth && auth.IsLogin(known.Plan.Endpoint) ? AddressOf(exchange) : null,
            RequestId = known.RequestId,
        };
    }

    private RequestPlan PlanFor(in Exchange exchange, string target)
    {
        var (lane, provider) = (exchange.Lane, exchange.Provider);
        var request = exchange.Context.Request;
        lane.Headers.Point(request.Headers);
        var credentials = CredentialHeaders.Read(provider, request.Headers);
        // A header listed in Connection is not seen by the plan: such requests neither use nor leave a memory.
        var isPlain = IsPlain(request.Headers.Connection);
        if (isPlain && lane.Plan is { } last && string.Equals(lane.PlanMethod, request.Method, StringComparison.Ordinal)
            && string.Equals(lane.PlanCredentials, credentials, StringComparison.Ordinal))
        {
            return last;
        }

        lane.HitRequest = new ClientRequest { Method = request.Method, Target = target, Headers = lane.Headers };
        var plan = isPlain ? _plans.Find(provider, request.Method, target, credentials) : null;
        if (plan is null)
        {
            plan = engine.Plan(provider, lane.HitRequest);
            if (isPlain && CredentialHeaders.AreSteady(provider))
            {
                _plans.Add(request.Method, target, credentials, plan);
            }
        }

        (lane.Plan, lane.PlanMethod, lane.PlanCredentials) = (isPlain ? plan : null, request.Method, credentials);
        return plan;
    }

    private static bool IsPlain(in StringValues connection) =>
        connection.Count == 0 || (connection.Count == 1 && (connection[0] ?? "").ToLowerInvariant() is "" or "keep-alive" or "close" or "close, keep-alive");

    private ClientProfile ProfileOf(string client, Lane lane)
    {
        if (!string.Equals(lane.ProfileName, client, StringComparison.Ordinal) || lane.Profile is null)
        {
            lane.Profile = options.Clients.GetValueOrDefault(client) ?? _default;
            lane.ProfileName = client;
        }

        return lane.Profile;
    }

    private Urgency UrgencyOf(ClientProfile profile) =>
        (profile.Urgency ?? _default.Urgency) is { } urgency ? Urgency.Of(urgency) : Urgency.Default;

    /// <summary>The name a client gives itself, else its token's, else its address. A name that cannot be used is as good as none.</summary>
    private static string ClientName(HttpContext context, Lane lane)
    {
        if (context.Request.Headers["Headgate-Client"] is { Count: 1 } stated && stated[0] is { Length: > 0 and <= ClientNameMax } name
            && !name.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return name;
        }

        return lane.Token?.Name ?? (lane.RemoteName ??= context.Connection.RemoteIpAddress?.ToString() ?? "");
    }

    // What the client itself wrote before the provider's part of the target, under the name by which it reached the gate.
    private static Uri? AddressOf(in Exchange exchange)
    {
        var (request, lane) = (exchange.Context.Request, exchange.Lane);
        var prefix = lane.RawTarget is { } raw && raw.EndsWith(lane.Route.Target, StringComparison.Ordinal) ? raw[..^lane.Route.Target.Length] : "";
        return Uri.TryCreate($"{request.Scheme}://{request.Host.Value}{prefix}/", UriKind.Absolute, out var address) ? address : null;
    }

    // Injected query parameters stand at the end of the target.
    private static bool IsInjected(RequestPlan plan, string target) => plan.SignsIn || plan.InjectedHeaders.Count > 0 || !plan.Target.EndsWith(target, StringComparison.Ordinal);

    private static bool IsSafeRead(HttpRequest request, RequestPlan plan) =>
        plan.Endpoint.Cacheable && plan.Items.Count > 0 && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !(BodyReader.HasBody(request) && request.ContentLength != 0);

    private static bool TryDuration(in StringValues values, ref TimeSpan? duration)
    {
        if (values.Count == 0)
        {
            return true;
        }

        var isUsable = DurationText.TryParse(values[0], out var parsed) && values.Count == 1;
        duration = parsed;
        return isUsable;
    }

    private static Asked Bad(string detail) => new(new Problem(ProblemType.BadRequest, 400, detail), null, IsSafeRead: false);
}
