using Headgate.Desk.Crypto.KingFisher;
using Headgate.Refresh;

namespace Headgate.Desk.Crypto.Registry;

/// <summary>What of a row is changed: configuration section <c>desk:crypto:endpoints:NAME</c>. What is null stays.</summary>
public sealed record CryptoOverride
{
    /// <summary>How long an answer is fresh, 1 s to 31 d.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>How urgent it is.</summary>
    public WatchPriority? Priority { get; init; }

    /// <summary>The scheduler's group: <c>critical</c>, <c>high</c>, <c>medium</c>, <c>low</c>, or <c>none</c> to fetch it only when asked for.</summary>
    public string? Group { get; init; }

    /// <summary>Its weight, 0 to 100.</summary>
    public int? Weight { get; init; }

    /// <summary>KingFisher's kinds alone: the level, which sets time to live and priority; what is stated besides goes before it.</summary>
    public KingFisherLevel? Level { get; init; }

    /// <summary>What is wrong with it, one sentence each.</summary>
    internal IEnumerable<string> Faults(string name, CryptoEndpoint? endpoint, CryptoRegistry registry)
    {
        var place = $"desk:crypto:endpoints:{name}";
        if (endpoint is null)
        {
            yield return $"{place} is no endpoint; there are {string.Join(", ", registry.Endpoints.Select(known => known.Provider == CryptoRegistry.Cryptometer ? known.Name : known.Id))}.";
            yield break;
        }

        if (Ttl < Watch.IntervalMin || Ttl > Watch.IntervalMax)
        {
            yield return $"{place}:ttl is {Ttl}; expected 1 s to 31 days.";
        }

        if (Priority is { } priority && !Enum.IsDefined(priority))
        {
            yield return $"{place}:priority is {Priority}; expected critical, high, medium or low.";
        }

        if (Group is not null && !IsNone && GroupOf() is null)
        {
            yield return $"{place}:group is '{Group}'; expected critical, high, medium, low or none.";
        }

        if (Weight is < 0 or > 100)
        {
            yield return $"{place}:weight is {Weight}; expected 0 to 100.";
        }

        if (Level is not null && endpoint.Provider != CryptoRegistry.KingFisher)
        {
            yield return $"{place}:level is for KingFisher's kinds; {name} has ttl and priority.";
        }
    }

    internal CryptoEndpoint Apply(CryptoEndpoint endpoint) => endpoint with
    {
        Ttl = Ttl ?? Level?.Ttl() ?? endpoint.Ttl,
        Priority = Priority ?? Level?.Priority() ?? endpoint.Priority,
        Weight = Weight ?? endpoint.Weight,
        Group = Group is null ? endpoint.Group : GroupOf(),
    };

    private bool IsNone => string.Equals(Group, "none", StringComparison.OrdinalIgnoreCase);

    private WatchPriority? GroupOf() =>
        !IsNone && Enum.TryParse<WatchPriority>(Group, ignoreCase: true, out var group) && Enum.IsDefined(group) && !char.IsAsciiDigit(Group![0]) ? group : null;
}
