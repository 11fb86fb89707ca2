using System.Collections.Concurrent;
using Headgate.Upstreams.Tapes;

namespace Headgate.Desk.Fleet.Paper;

/// <summary>A market that knows of each pair the price its bot decided by, and nothing else: paper orders fill at it.</summary>
internal sealed class PaperPrices : IMarketTape
{
    private readonly ConcurrentDictionary<string, decimal> _last = new(StringComparer.Ordinal);

    public IReadOnlyList<TapeSymbol> Symbols => [.. _last.Keys.Order(StringComparer.Ordinal).Select(static pair => new TapeSymbol(pair))];

    public DateTimeOffset Start => DateTimeOffset.UnixEpoch;

    public TimeSpan Zone => TimeSpan.Zero;

    public void See(string pair, decimal price) => _last[pair] = price;

    public TapeQuote? QuoteAt(string symbol, DateTimeOffset now) =>
        LastAt(symbol, now) is { } last ? new TapeQuote(last, last, last, last, last, Volume: 0, Turnover: 0, now) : null;

    public decimal? LastAt(string symbol, DateTimeOffset now) => _last.TryGetValue(symbol, out var last) ? last : null;

    public IReadOnlyList<TapeBar> Minutes(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) => [];

    public IReadOnlyList<TapeBar> Days(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) => [];
}
