using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Market;

/// <summary>Every bot for itself, four asks each and one bot after another, as the replaced system began.</summary>
internal sealed class PerBotReader(FleetExchange exchange, TimeProvider time, FleetOptions options) : IFleetReader
{
    private readonly PairReader _pairs = new(exchange, time, options, TimeSpan.Zero, TimeSpan.Zero);

    public async ValueTask<IReadOnlyDictionary<string, BotView>> ReadAsync(CancellationToken cancellation)
    {
        var views = new Dictionary<string, BotView>(StringComparer.Ordinal);
        foreach (var pair in options.Pairs)
        {
            views[pair] = await _pairs.ReadAloneAsync(pair, cancellation);
        }

        return views;
    }

    public void ForgetBalances()
    {
        // Nothing is held between cycles.
    }
}
