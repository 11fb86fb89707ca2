using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Simulation;

/// <summary>The provider of the soak, as a running model: every mechanism the engine has, in its smallest form.</summary>
internal static class SoakCatalogue
{
    public const string Provider = "soak";

    /// <summary>Local time of day at which the daily budget rolls; the faulty phase of a soak runs across it.</summary>
    public static readonly TimeSpan ResetAt = TimeSpan.FromHours(4);

    // Without a match time-out, which would look at the real clock.
    private static readonly Regex Token = new("^token (?<limitKey>[^:]+):(?<credential>.+)$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static CatalogueModel Build(SoakPlan plan)
    {
        var quote = Sliding("quote", plan.Permits, plan.Window, LimitScope.LimitKey);
        var general = Sliding("general", 6, TimeSpan.FromSeconds(1), LimitScope.LimitKey);
        var strict = Sliding("strict", 2, TimeSpan.FromSeconds(1), LimitScope.LimitKey);
        var shared = Sliding("shared", 10, TimeSpan.FromSeconds(1), LimitScope.Provider);
        List<LimitModel> limits = [quote, general, strict, shared];
        List<LimitModel> quoteLimits = [quote];
        if (plan.Daily > 0)
        {
            var daily = new LimitModel
            {
                Id = "soak.daily", Name = "daily", Kind = LimitKind.Calendar, Permits = plan.Daily, Window = TimeSpan.FromDays(1), Scope = LimitScope.LimitKey, ResetAt = ResetAt,
                ReservePercent = plan.ReservePercent, Usage = new UsageHeader(SoakTwin.RemainingHeader, IsRemaining: true),
            };
            limits.Add(daily);
            quoteLimits.Add(daily);
        }

        var full = Batched(plan, "quote", "/quote", [.. quoteLimits], "quote", plan.BatchMax, allOrNothing: false, required: ["v"], larger: []);
        var ltp = Batched(plan, "quote-ltp", "/quote/ltp", [.. quoteLimits], "quote", plan.BatchMax * 2, allOrNothing: false, required: ["ltp"], larger: [new LargerShape(full, ["seq", "ltp"])]);
        var poison = Batched(plan, "strict", "/strict", [strict, shared], "strict", plan.BatchMax, allOrNothing: true, required: ["v"], larger: []);
        List<EndpointModel> endpoints =
        [
            full,
            ltp,
            poison,
            Whole(plan, "bars", "GET", "/bars/{token}", [general, shared], EndpointScope.Entitled, cacheable: true, seconds: 5),
            Whole(plan, "portfolio", "GET", "/portfolio", [general], EndpointScope.Account, cacheable: true, seconds: 2),
            Whole(plan, "orders", "", "/orders/**", [general], EndpointScope.Account, cacheable: false, seconds: 0),
        ];
        var provider = new ProviderModel
        {
            Name = Provider,
            BaseUrl = new Uri("http://soak.invalid"),
            Market = SoakMarket.Code,
            Identity = [new IdentityRule(CredentialPlace.Header, "Authorization", Token)],
            Inject = [new InjectionRule("", CredentialPlace.Header, "Authorization", "{secret}", SoakGate.OwnSecret)],
            Limits = limits.ToFrozenDictionary(limit => limit.Name, StringComparer.Ordinal),
            Backoff = BackoffModel.Default,
            Endpoints = endpoints,
            Passthrough = Whole(plan, "other", "", "/**", [general], EndpointScope.Account, cacheable: false, seconds: 0),
            Errors =
            [
                Rule(429, OutcomeKind.Limited),
                Rule(403, OutcomeKind.Unauthorized),
                Rule(404, OutcomeKind.NotFound),
                Rule(400, OutcomeKind.Permanent),
                new ErrorRule { Statuses = [(500, 599)], Json = [], As = OutcomeKind.Transient, Limits = [], RetryAfterPath = [] },
                new ErrorRule { Statuses = [(200, 200)], Json = [new JsonCondition(["note"], [])], As = OutcomeKind.Limited, Limits = [], RetryAfterPath = [] },
            ],
        };
        return new CatalogueModel([provider]);
    }

    private static LimitModel Sliding(string name, int permits, TimeSpan window, LimitScope scope) =>
        new() { Id = "soak." + name, Name = name, Kind = LimitKind.Sliding, Permits = permits, Window = window, Scope = scope };

    private static ErrorRule Rule(int status, OutcomeKind kind) => new() { Statuses = [(status, status)], Json = [], As = kind, Limits = [], RetryAfterPath = [] };

    private static RouteTemplate Route(string method, string path) => new()
    {
        Text = (method.Length == 0 ? "ANY" : method) + " " + path,
        Methods = method.Length == 0 ? [] : [method],
        Segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries),
        Query = [],
    };

    private static EndpointModel Batched(
        SoakPlan plan, string name, string path, IReadOnlyList<LimitModel> limits, string endpointClass, int max, bool allOrNothing, IReadOnlyList<string> required, IReadOnlyList<LargerShape> larger) => new()
        {
            Id = "soak." + name,
            Name = name,
            Route = Route("GET", path),
            Scope = EndpointScope.Entitled,
            Cacheable = true,
            Class = endpointClass,
            Limits = limits,
            Cost = CostModel.One,
            Deadline = TimeSpan.FromSeconds(6.5),
            CallTimeout = plan.CallTimeout,
            Freshness = new FreshnessModel { Kind = FreshnessKind.Fixed, Ttl = TimeSpan.FromSeconds(1), Stale = TimeSpan.FromSeconds(30), Revalidate = plan.Revalidate, Closed = FreshnessKind.UntilNextOpen },
            Batch = new BatchModel
            {
                Style = BatchStyle.Repeated,
                Parameter = "i",
                Max = max,
                UrlMax = 8 << 10,
                Shape = ItemsShape.Map,
                ItemsPath = ["data"],
                AllOrNothing = allOrNothing,
                MissingTtl = TimeSpan.FromSeconds(2),
                Required = required,
                AsOf = plan.HasAsOf ? new AsOfModel(["at"], "unixMs", "Etc/UTC") : null,
            },
            Larger = larger,
            ContentTypes = ["application/json"],
            ResponseBytesMax = 1 << 20,
        };

    private static EndpointModel Whole(
        SoakPlan plan, string name, string method, string path, IReadOnlyList<LimitModel> limits, EndpointScope scope, bool cacheable, int seconds) => new()
        {
            Id = "soak." + name,
            Name = name,
            Route = Route(method, path),
            Scope = scope,
            Cacheable = cacheable,
            Class = name,
            Limits = limits,
            Cost = CostModel.One,
            Deadline = TimeSpan.FromSeconds(6.5),
            CallTimeout = plan.CallTimeout,
            Freshness = new FreshnessModel
            {
                Kind = FreshnessKind.Fixed, Ttl = TimeSpan.FromSeconds(seconds), Stale = TimeSpan.FromSeconds(seconds * 10), Negative = TimeSpan.FromSeconds(1),
            },
            Larger = [],
            ContentTypes = ["application/json"],
            ResponseBytesMax = 1 << 20,
        };
}
