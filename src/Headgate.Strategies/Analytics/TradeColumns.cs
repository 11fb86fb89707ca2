namespace Headgate.Strategies.Analytics;

/// <summary>Reads a result table by column names.</summary>
internal sealed class TradeColumns
{
    private readonly Dictionary<string, int> _index;

    public TradeColumns(ResultTable table)
    {
        _index = table.Columns.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
    }

    public bool Has(string name) => _index.ContainsKey(name);

    public string? Text(IReadOnlyList<object?> row, string name) => _index.TryGetValue(name, out var i) ? row[i] as string : null;

    public decimal Number(IReadOnlyList<object?> row, string name) => _index.TryGetValue(name, out var i) && row[i] is decimal number ? number : 0;
}
