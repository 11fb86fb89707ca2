namespace Headgate.Upstreams.Tapes;

/// <summary>What a tape knows of one symbol at one moment.</summary>
/// <param name="Last">Last price.</param>
/// <param name="Open">The session's open.</param>
/// <param name="High">The session's high so far.</param>
/// <param name="Low">The session's low so far.</param>
/// <param name="PreviousClose">Close of the session before; the session's open where the tape has none before.</param>
/// <param name="Volume">Traded in the session so far.</param>
/// <param name="Turnover">Volume times price, summed over the session so far.</param>
/// <param name="LastTradeAt">When the last price came about, in the tape's zone.</param>
public readonly record struct TapeQuote(
    decimal Last, decimal Open, decimal High, decimal Low, decimal PreviousClose, decimal Volume, decimal Turnover, DateTimeOffset LastTradeAt)
{
    /// <summary>Volume-weighted average price of the session, to two places; the last price while nothing traded.</summary>
    public decimal Average => Volume == 0 ? Last : TapePrice.Round(Turnover / Volume, 2);
}
