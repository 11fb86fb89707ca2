namespace Headgate.Desk.Workbooks;

/// <summary>A cell's colour: how far a price went with (green) or against (red) an alert.</summary>
public enum CellShade
{
    None,
    LightGreen,
    MediumGreen,
    DarkGreen,
    LightRed,
    MediumRed,
    DarkRed,
}

/// <summary>A cell: a text, a number, or nothing.</summary>
/// <param name="Text">The text, or null.</param>
/// <param name="Number">The number, or null.</param>
/// <param name="Shade">Its colour.</param>
public readonly record struct SheetCell(string? Text, decimal? Number, CellShade Shade = CellShade.None)
{
    public static implicit operator SheetCell(string? text) => new(text, null);

    public static implicit operator SheetCell(decimal number) => new(null, number);

    public static implicit operator SheetCell(decimal? number) => new(null, number);
}
