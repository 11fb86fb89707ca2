namespace Headgate.Strategies.Store.Import;

/// <summary>What became of one file.</summary>
/// <param name="Rows">Rows taken in.</param>
/// <param name="Unchanged">Rows the store already held with the same values.</param>
/// <param name="Error">Why the file was refused; names file and line.</param>
/// <param name="BadRows">At most <see cref="RowErrors.Max"/> of the bad rows, in file order.</param>
/// <param name="BadRowCount">All of them.</param>
public sealed record FileReport(
    string File, FileOutcome Outcome, long Rows, long Unchanged, string? Error, IReadOnlyList<BadRow> BadRows, int BadRowCount);
