namespace Headgate.Simulation;

/// <summary>A market that is open until it closes, once, for the rest of the run.</summary>
/// <param name="closesAt">When, on the wall clock; null for never.</param>
internal sealed class SoakMarket(DateTimeOffset? closesAt) : IMarketSessions
{
    public const string Code = "SOAK";

    // Beyond the end of every run.
    private static readonly TimeSpan Night = TimeSpan.FromHours(10);

    public bool IsOpen(string market, DateTimeOffset at) => at < closesAt || closesAt is null || at >= closesAt + Night;

    public DateTimeOffset? NextOpen(string market, DateTimeOffset after) => closesAt + Night;

    public DateTimeOffset? NextClose(string market, DateTimeOffset after) => closesAt;

    public DateTimeOffset? NextBarClose(string market, DateTimeOffset after, TimeSpan bar) => null;
}
