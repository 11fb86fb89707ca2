using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Market;

/// <summary>The fleet's products, asked for hourly and never for an order. An old list is better than none: the exchange has the last word on every order.</summary>
internal sealed class SharedProducts(FleetExchange exchange, TimeProvider time, FleetOptions options)
{
    private IReadOnlyDictionary<string, Product>? _held;
    private DateTimeOffset _askedAt;

    public async ValueTask<IReadOnlyDictionary<string, Product>?> ReadAsync(CancellationToken cancellation)
    {
        if (_held is null || time.GetUtcNow() - _askedAt >= options.ProductsEvery - TimeSpan.FromSeconds(1))
        {
            _askedAt = time.GetUtcNow();
            _held = (await exchange.ProductsAsync(options.Pairs, options.QuoteAgeMax, "fleet", urgency: 3, cancellation)).Value ?? _held;
        }

        return _held;
    }
}
