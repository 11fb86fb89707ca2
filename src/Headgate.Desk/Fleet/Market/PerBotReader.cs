using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Fleet.Market;

/// <summary>Every bot for itself, four asks each, as the replaced system began.</summary>
internal sealed class PerBotReader(FleetExchange exchange, TimeProvider time, FleetOptions options) : IFleetReader
{
    private readonly PairReader _pairs = new(exchange, time, options, TimeSpan.Zero, TimeSpan.Zero);

    public async ValueTask<IReadOnlyDictionary<string, BotView>> ReadAsync(CancellationToken cancellation)
    {
        var views = await Together.AllAsync([.. options.Pairs.Select(pair => _pairs.ReadAloneAsync(pair, cancellation))]);
        return options.Pairs.Zip(views).ToDictionary(both => both.First, both => both.Second, StringComparer.Ordinal);
    }

    public void ForgetBalances()
    {
        // Nothing is held between cycles.
    }
}
