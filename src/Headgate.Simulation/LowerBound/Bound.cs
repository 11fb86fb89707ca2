namespace Headgate.Simulation;

/// <summary>How many calls are needed at least.</summary>
/// <param name="Calls">No schedule makes fewer.</param>
/// <param name="IsExact">True when some schedule makes exactly as many; false when the truth may lie higher.</param>
public readonly record struct Bound(long Calls, bool IsExact)
{
    /// <summary>No calls.</summary>
    public static Bound Zero { get; } = new(0, IsExact: true);

    /// <summary>Both together, where no call can serve one and the other.</summary>
    public static Bound operator +(Bound left, Bound right) => new(left.Calls + right.Calls, left.IsExact && right.IsExact);
}
