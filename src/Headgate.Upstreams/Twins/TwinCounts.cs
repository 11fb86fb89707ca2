namespace Headgate.Upstreams;

/// <summary>A twin's counts at one moment. Endpoints and classes that saw nothing are absent.</summary>
public sealed record TwinCounts(
    long Arrivals,
    long Violations,
    IReadOnlyDictionary<string, long> ArrivalsByEndpoint,
    IReadOnlyDictionary<string, long> ArrivalsByClass,
    IReadOnlyDictionary<string, long> ViolationsByClass);
