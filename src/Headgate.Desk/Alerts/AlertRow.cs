namespace Headgate.Desk.Alerts;

/// <summary>An alert as a row of the workbook.</summary>
/// <param name="Sheet">The sheet's name, as <c>5min_alerts</c>.</param>
/// <param name="Cells">Column name to value; absent columns stay empty.</param>
public sealed record AlertRow(string Sheet, IReadOnlyDictionary<string, AlertCell> Cells);

/// <summary>A cell: a text or a number.</summary>
/// <param name="Text">The text, or null for a number.</param>
/// <param name="Number">The number, or null for a text.</param>
public readonly record struct AlertCell(string? Text, decimal? Number)
{
    public static implicit operator AlertCell(string? text) => new(text ?? "", null);

    public static implicit operator AlertCell(decimal number) => new(null, number);
}
