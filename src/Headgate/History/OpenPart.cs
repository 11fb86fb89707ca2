using Headgate.Caching;

namespace Headgate.History;

/// <summary>The end of a series that is not final yet: bars under way, and bars whose absence is too young to be believed. Held in memory only.</summary>
/// <param name="Range">The seconds it speaks for.</param>
/// <param name="Rows">Ascending.</param>
/// <param name="Entry">When it was sent and how long it is fresh; it has no body.</param>
internal sealed record OpenPart(InstantRange Range, IReadOnlyList<CandleRow> Rows, Entry Entry);
