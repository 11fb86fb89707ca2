namespace Headgate.Upstreams.Kite;

/// <summary>One row of the instruments dump.</summary>
/// <param name="Token">instrument_token: exchange token times 256 plus the segment.</param>
/// <param name="TradingSymbol">As clients ask for it behind the exchange.</param>
/// <param name="Kind">EQ, FUT, CE or PE.</param>
/// <param name="TapeSymbol">The symbol (or the underlying) on the tape; null for rows without prices.</param>
internal sealed record KiteInstrument(
    uint Token, string TradingSymbol, string Name, string Exchange, string Segment, string Kind, DateOnly? Expiry, decimal Strike, int Lot, string? TapeSymbol)
{
    public bool IsIndex => string.Equals(Segment, "INDICES", StringComparison.Ordinal);

    public bool IsDerivative => Expiry is not null;

    public bool IsOption => Kind is "CE" or "PE";

    public string Key => $"{Exchange}:{TradingSymbol}";
}
