namespace Headgate.Simulation;

/// <summary>A form in which items may be carried.</summary>
/// <param name="Name">The endpoint's name.</param>
/// <param name="Capacity">Items one call carries at most, at least 1.</param>
/// <param name="Covers">Indexes of the shapes its items answer, its own among them.</param>
public sealed record BoundShape(string Name, int Capacity, IReadOnlyList<int> Covers);
