namespace Headgate.Strategies.Store.Import;

/// <summary>One symbol's rows of one day as a file gives them, with the line each stands on.</summary>
internal sealed class SheetRows
{
    public Dictionary<ContractId, (ContractDay Row, string File, int Line)> Rows { get; } = [];

    public decimal? Underlying { get; set; }
}
