namespace Headgate.Desk.Fleet.Statistics;

/// <summary>What became of asks for one kind of data by one caller.</summary>
/// <param name="Data">The kind.</param>
/// <param name="Caller">Who asked: a bot by its pair, or <c>fleet</c> for the snapshot of all.</param>
/// <param name="Asks">Asks.</param>
/// <param name="Requests">What they asked for: one for each pair named.</param>
/// <param name="Hits">Requests answered from what was held and fresh.</param>
/// <param name="StaleServed">Requests answered stale, saying so; never counted as hits.</param>
/// <param name="Joined">Requests that travelled with a call another asker had caused.</param>
/// <param name="Batched">Requests that shared a call of their own asker with other pairs.</param>
/// <param name="Calls">Calls made for them.</param>
/// <param name="Failures">Asks that ended in an error of the exchange or the way to it.</param>
/// <param name="Limited">Asks the exchange answered with 429: must stay 0.</param>
/// <param name="Refused">Asks the gate refused, for a limit, an open breaker or a deadline.</param>
/// <param name="Wait">From ask to answer, waiting and call together, of what was not a hit: at most the last 1,000.</param>
public sealed record FleetFigures(
    FleetData Data, string Caller, long Asks, long Requests, long Hits, long StaleServed, long Joined, long Batched, long Calls, long Failures, long Limited, long Refused, WaitFigures Wait)
{
    /// <summary>1 − calls ÷ requests, to four places; null without requests.</summary>
    public decimal? Reduction => Requests == 0 ? null : decimal.Round(1 - (Calls / (decimal)Requests), 4);
}
