using System.Collections.Frozen;

namespace Headgate.Catalogue;

/// <summary>A provider as it runs: immutable, replaced whole by a reload.</summary>
public sealed class ProviderModel
{
    /// <summary>Lower-case name, the first path segment on the main listener.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, authority and path prefix, without a trailing slash.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Market identifier code of the calendar that session-aware freshness uses, or null.</summary>
    public string? Market { get; init; }

    /// <summary>How callers are told apart; empty when the provider asks for no credential.</summary>
    public required IReadOnlyList<IdentityRule> Identity { get; init; }

    /// <summary>Credentials the gate brings for callers that bring none, by purpose (empty purpose first).</summary>
    public required IReadOnlyList<InjectionRule> Inject { get; init; }

    /// <summary>The sign-in that the gate owns, or null.</summary>
    public AuthModel? Auth { get; init; }

    public required FrozenDictionary<string, LimitModel> Limits { get; init; }

    /// <summary>Back-off after repeated limit answers without <c>Retry-After</c>.</summary>
    public required BackoffModel Backoff { get; init; }

    /// <summary>What calls cost; null when the definition states nothing.</summary>
    public PriceModel? Price { get; init; }

    /// <summary>In matching order: most specific first.</summary>
    public required IReadOnlyList<EndpointModel> Endpoints { get; init; }

    /// <summary>What paths that match no endpoint get: uncached, under the provider's default limit.</summary>
    public required EndpointModel Passthrough { get; init; }

    /// <summary>Recognises failures by status and body; the first match decides.</summary>
    public required IReadOnlyList<ErrorRule> Errors { get; init; }

    /// <summary>The provider's own error members for refusals of the gate, or null for plain problem+json.</summary>
    public ErrorDialect? Dialect { get; init; }

    /// <summary>Known clients of this provider and how each is pointed at the gate, with its traps; for people alone.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Clients { get; init; } = [];

    /// <summary>Modes of design §4; the run-time switch overrides it.</summary>
    public GateMode Mode { get; init; } = GateMode.On;

    /// <summary>The endpoint whose answers are kept as their own headers say, for targets that no other takes; null for providers without one.</summary>
    internal EndpointModel? Origin => Endpoints is [.., { Freshness.Kind: FreshnessKind.Origin } last] ? last : null;

    /// <summary>Compiled matching of <see cref="Endpoints"/>, made at the first use.</summary>
    internal RouteMatcher Matcher => field ??= new RouteMatcher(this);

    public override string ToString() => Name;
}

/// <summary>on: the gate's whole work; shadow: observes and reports; bypass: neither caches nor merges but keeps the limits.</summary>
public enum GateMode
{
    On,
    Shadow,
    Bypass,
}

/// <summary>Wait after the n-th limit answer in a row: <c>min(Max, Base^n seconds) × U(0.5, 1)</c>.</summary>
public sealed record BackoffModel(decimal Base, TimeSpan Max)
{
    public static BackoffModel Default { get; } = new(2m, TimeSpan.FromSeconds(60));
}

/// <summary>The provider's error envelope; <c>{status}</c>, <c>{message}</c> and <c>{retryAt}</c> are filled in.</summary>
/// <param name="Members">JSON members added to problem+json (values are JSON text templates), as far as they do not collide with RFC 9457 members.</param>
/// <param name="Template">The exact body for <c>errors: dialect</c>.</param>
/// <param name="ContentType">The exact content type for <c>errors: dialect</c>.</param>
public sealed record ErrorDialect(IReadOnlyList<KeyValuePair<string, string>> Members, string Template, string ContentType);
