using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>How a Coinbase Exchange twin is set up.</summary>
/// <param name="Tape">Where prices come from; its symbols (<c>BTC-USD</c>) are the products.</param>
public sealed record CoinbaseOptions(IMarketTape Tape)
{
    /// <summary>Keys that sign private calls; default: the demo key alone.</summary>
    public IReadOnlyList<CoinbaseKey> Keys { get; init; } = [CoinbaseKey.Demo];

    /// <summary>How far a signed timestamp may lie from the twin's clock; default 30 s, null switches the check off (tapes of another year).</summary>
    public TimeSpan? TimestampSkewMax { get; init; } = TimeSpan.FromSeconds(30);
}
