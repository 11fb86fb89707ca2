namespace Headgate.Upstreams.Tapes;

/// <summary>A symbol of a tape.</summary>
/// <param name="Name">As the tape writes it (<c>INFY</c>, <c>NIFTY 50</c>, <c>BTC-USD</c>).</param>
/// <param name="IsIndex">True where nothing trades: volume stays 0.</param>
public sealed record TapeSymbol(string Name, bool IsIndex = false);
