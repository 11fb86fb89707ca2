using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Market;

/// <summary>The account's balances, asked for seldom and after every order of our own.</summary>
internal sealed class SharedBalances(FleetExchange exchange, TimeProvider time, TimeSpan every, string client)
{
    private Balances? _held;

    public async ValueTask<Answered<Balances>> ReadAsync(CancellationToken cancellation)
    {
        if (_held is { } held && time.GetUtcNow() - held.FetchedAt < every - TimeSpan.FromSeconds(1))
        {
            return Answered<Balances>.Of(held);
        }

        // What is held has had its time: without a new answer there are no balances, and that is said.
        var answer = await exchange.BalancesAsync(TimeSpan.Zero, client, urgency: 2, cancellation);
        _held = answer.Value;
        return answer;
    }

    public void Forget() => _held = null;
}
