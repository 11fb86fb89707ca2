namespace Headgate.Strategies;

/// <summary>Trades as rows of named columns. Values are <see cref="decimal"/>, text (dates as YYYY-MM-DD) or null.</summary>
public sealed record ResultTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    public static ResultTable Empty { get; } = new([], []);
}
