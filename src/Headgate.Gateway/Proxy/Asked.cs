namespace Headgate.Gateway.Proxy;

/// <summary>What a request asks for, understood; or why it cannot be.</summary>
/// <param name="Problem">Set when the request is refused; then nothing else is.</param>
/// <param name="Demand">A demand for a look at memory. Its request's headers are borrowed from the connection: make a full one before it outlives the request.</param>
/// <param name="IsSafeRead">May be answered from entries; else it passes through once.</param>
internal readonly record struct Asked(Problem? Problem, Demand? Demand, bool IsSafeRead)
{
    /// <summary>The gate brings a secret of its own to this call: other web pages may not cause it.</summary>
    public bool IsInjected { get; init; }
}
