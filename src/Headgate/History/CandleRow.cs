namespace Headgate.History;

/// <summary>One candle exactly as the upstream wrote it.</summary>
/// <param name="Bar">Its bar's stamp, in Unix seconds.</param>
/// <param name="Text">The row's bytes, brackets included.</param>
public readonly record struct CandleRow(long Bar, ReadOnlyMemory<byte> Text);
