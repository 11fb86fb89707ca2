namespace Headgate.Catalogue;

/// <summary>A path capture as a range of the raw target it was matched in.</summary>
internal readonly record struct RouteCapture(string Name, int Start, int Length);

/// <summary>The endpoint a request belongs to and what its path captured.</summary>
/// <param name="Endpoint">The endpoint, or the provider's passthrough.</param>
/// <param name="Whole">The endpoint as it answers requests that cannot be merged: the same without batching.</param>
/// <param name="Captures">Captures in path order; empty for most endpoints.</param>
internal readonly record struct RouteMatch(EndpointModel Endpoint, EndpointModel Whole, RouteCapture[] Captures)
{
    /// <summary>The raw text of a capture; false when the route has none of that name.</summary>
    public bool TryCapture(string target, string name, out ReadOnlySpan<char> raw)
    {
        foreach (var capture in Captures)
        {
            if (string.Equals(capture.Name, name, StringComparison.Ordinal))
            {
                raw = target.AsSpan(capture.Start, capture.Length);
                return true;
            }
        }

        raw = default;
        return false;
    }
}
