namespace Headgate.History;

/// <summary>What one call brought: rows of a part of a series.</summary>
/// <param name="Range">The seconds asked for.</param>
/// <param name="Final">The seconds that are known for good from now on; may reach beyond the asked ones to where another bar can first be stamped.</param>
/// <param name="Rows">Ascending; only those stamped in the range.</param>
/// <param name="Frame">What stood around them.</param>
/// <param name="Open">The part of it that is not final, or null when all of it is.</param>
internal sealed record LandedRows(InstantRange Range, InstantRange Final, IReadOnlyList<CandleRow> Rows, HistoryFrame Frame, OpenPart? Open);
