namespace Headgate.Simulation;

/// <summary>One item of one demand, as the span of time in which a call that carries it serves the demand.</summary>
/// <param name="Item">The item, the same for all shapes.</param>
/// <param name="Shape">Index of the shape asked.</param>
/// <param name="Begin">Ask less freshness, in ticks: an older answer is too old.</param>
/// <param name="End">Ask plus linger, in ticks, at least <paramref name="Begin"/>: a later call keeps the asker waiting.</param>
/// <param name="After">Index of the demand from whose answer this one was computed, so that its call comes later; -1 for none.</param>
public readonly record struct BoundDemand(string Item, int Shape, long Begin, long End, int After = -1);
