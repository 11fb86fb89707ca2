using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Fleet.Market;

/// <summary>One snapshot for the whole fleet: a quote of all pairs (a call for each 50 of them), candles once per closed hour, balances and products seldom.</summary>
internal sealed class BatchedReader(FleetExchange exchange, TimeProvider time, FleetOptions options) : IFleetReader
{
    private const string Client = "fleet";

    private readonly Dictionary<string, PairHours> _hours = options.Pairs.ToDictionary(pair => pair, pair => new PairHours(pair, options.Candles), StringComparer.Ordinal);
    private readonly SharedBalances _balances = new(exchange, time, options.AccountsEvery, Client);
    private readonly SharedProducts _products = new(exchange, time, options);
    private HashSet<string> _unlisted = new(StringComparer.Ordinal);

    // The quote comes last: whatever had to be waited for before it, its prices are those of the decision.
    public async ValueTask<IReadOnlyDictionary<string, BotView>> ReadAsync(CancellationToken cancellation)
    {
        await Together.AllAsync([.. options.Pairs.Where(pair => !_unlisted.Contains(pair)).Select(pair => _hours[pair].LoadAsync(exchange, time.GetUtcNow(), options.CandlesDeadline, Client, cancellation))]);
        var balances = await _balances.ReadAsync(cancellation);
        var tickers = await exchange.TickersAsync(options.Pairs, options.QuoteAgeMax, options.DisplayPriceMax, Client, urgency: 2, cancellation);
        // The quote tells every time what is listed: of what is not, candles are not asked for again and again.
        _unlisted = tickers.Value is { } listed ? new HashSet<string>(options.Pairs.Where(pair => !listed.ContainsKey(pair)), StringComparer.Ordinal) : _unlisted;
        // The quote's own answer tells products as well, so that they cost no call here.
        var products = await _products.ReadAsync(cancellation);
        var now = time.GetUtcNow();
        return options.Pairs.ToDictionary(
            pair => pair,
            pair =>
            {
                var ticker = tickers.Value?.GetValueOrDefault(pair);
                var hours = _hours[pair];
                if (ticker is { IsStale: false })
                {
                    hours.See(ticker.Price, now);
                }

                var candles = hours.At(now);
                var problem = _unlisted.Contains(pair) ? null : hours.Problem ?? (candles is null ? "the candles of the last full hour are still to come" : null);
                return new BotView(ticker, candles, balances.Value, products?.GetValueOrDefault(pair), tickers.Problem ?? problem ?? balances.Problem);
            },
            StringComparer.Ordinal);
    }

    public void ForgetBalances() => _balances.Forget();
}
