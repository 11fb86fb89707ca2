using Headgate.Desk.Fleet.Bots;

namespace Headgate.Desk.Fleet.Market;

/// <summary>Reads what the fleet decides by. A price stream would be another one.</summary>
internal interface IFleetReader
{
    /// <summary>A view for every pair.</summary>
    ValueTask<IReadOnlyDictionary<string, BotView>> ReadAsync(CancellationToken cancellation);

    /// <summary>An order of our own changed the balances: what is held of them is not used again.</summary>
    void ForgetBalances();
}
