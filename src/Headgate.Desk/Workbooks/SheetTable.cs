namespace Headgate.Desk.Workbooks;

/// <summary>A sheet: a heading row that stays in view, and rows.</summary>
/// <param name="Name">At most 31 characters.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">As many cells as there are columns.</param>
public sealed record SheetTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<SheetCell>> Rows);
