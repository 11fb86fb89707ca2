namespace Headgate.Upstreams.Limits;

/// <summary>What one call spends of the rules of one class.</summary>
/// <param name="Class">Limit class.</param>
/// <param name="Key">Whose limit.</param>
/// <param name="Permits">Calls, weight or credits, 1 or more.</param>
public readonly record struct LimitCharge(string Class, string Key, int Permits = 1);
