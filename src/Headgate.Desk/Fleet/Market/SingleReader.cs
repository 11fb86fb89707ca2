using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Fleet.Market;

/// <summary>A ticker and candles for every pair, with the times to live of the replaced system: 30 s, 300 s, accounts 120 s, products an hour.</summary>
internal sealed class SingleReader(FleetExchange exchange, TimeProvider time, FleetOptions options) : IFleetReader
{
    private static readonly TimeSpan TickerAgeMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AccountsAgeMax = TimeSpan.FromSeconds(120);

    private readonly PairReader _pairs = new(exchange, time, options, TickerAgeMax, candlesAgeMax: TimeSpan.FromSeconds(300));
    private readonly SharedBalances _balances = new(exchange, time, AccountsAgeMax, "fleet");
    private readonly SharedProducts _products = new(exchange, time, options);

    public async ValueTask<IReadOnlyDictionary<string, BotView>> ReadAsync(CancellationToken cancellation)
    {
        var balances = await _balances.ReadAsync(cancellation);
        var products = await _products.ReadAsync(cancellation);
        var views = await Together.AllAsync([.. options.Pairs.Select(pair => _pairs.ReadAsync(pair, balances, cancellation))]);
        return options.Pairs.Zip(views).ToDictionary(both => both.First, both => both.Second with { Product = products?.GetValueOrDefault(both.First) }, StringComparer.Ordinal);
    }

    public void ForgetBalances() => _balances.Forget();
}
