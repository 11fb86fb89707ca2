namespace Headgate.History;

/// <summary>A candle answer taken apart: prefix, rows joined by one separator, suffix; put together again it is the same bytes.</summary>
/// <param name="Rows">Ascending by bar, whatever the answer's order.</param>
/// <param name="Separator">Null when fewer than two rows tell none.</param>
internal sealed record SplitRows(IReadOnlyList<CandleRow> Rows, ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte>? Separator, ReadOnlyMemory<byte> Suffix);
