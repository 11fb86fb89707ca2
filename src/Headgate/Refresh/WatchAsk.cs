using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>One ask of a watch: at most one call. Immutable.</summary>
/// <param name="State">The watch.</param>
/// <param name="Items">What is asked for.</param>
/// <param name="Demand">The ask.</param>
/// <param name="Permits">What its call may spend of each of its limits.</param>
/// <param name="AskedAt">When it began.</param>
internal sealed record WatchAsk(WatchState State, IReadOnlyList<PlannedItem> Items, Demand Demand, long Permits, EngineTime AskedAt)
{
    /// <summary>Why it brought nothing, or null; and when to try again, where that is known.</summary>
    public async ValueTask<(string? Problem, EngineTime? RetryAt)> RunAsync(Engine engine, IRefreshWitness? witness)
    {
        var result = await engine.FetchOwnAsync(Demand);
        result.Return();
        witness?.Asked(result.Calls);
        if (result.Refusal is { } refusal)
        {
            return (refusal.Detail, refusal.RetryAt);
        }

        if (result.Reply is { } reply)
        {
            await using var _ = reply;
            // A large body is kept once it has arrived whole.
            await DrainAsync(reply);
            return reply.Status is >= 200 and < 300 ? (null, null) : ($"The upstream answered {reply.Status}.", null);
        }

        return (null, null);
    }

    private static async ValueTask DrainAsync(PassedReply reply)
    {
        var buffer = new byte[16 << 10];
        while (await reply.ReadAsync(buffer, CancellationToken.None) > 0)
        {
            // Read for its end alone.
        }
    }
}
