namespace Headgate.Upstreams.Faults;

/// <summary>Which calls meet a fault. Unset conditions match everything.</summary>
public sealed record FaultRule(TwinFault Fault)
{
    /// <summary>Endpoint or limit class, as the counters name them.</summary>
    public string? Class { get; init; }

    /// <summary>HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>What the raw path begins with.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>Chance in parts per million, 0 to 1,000,000; the default is always.</summary>
    public int ChancePerMillion { get; init; } = FaultPlan.Always;

    /// <summary>How many calls it still hits; null is no end. A rule that is used up is removed.</summary>
    public int? Next { get; init; }

    internal bool Matches(TwinRoute route, string method, string path) =>
        (Class is null || string.Equals(Class, route.Endpoint, StringComparison.Ordinal) || string.Equals(Class, route.LimitClass, StringComparison.Ordinal))
        && (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (PathPrefix is null || path.StartsWith(PathPrefix, StringComparison.Ordinal));
}
