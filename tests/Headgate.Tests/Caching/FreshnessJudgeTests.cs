using Headgate.Caching;
using Headgate.Catalogue;

namespace Headgate.Tests.Caching;

/// <summary>http-contract "Freshness" and design §6 in one entry's life: sent at 0, fresh for 10 s, to be served at all for 60 s.</summary>
public sealed class FreshnessJudgeTests
{
    private static readonly FreshnessModel Endpoint = new() { Kind = FreshnessKind.Fixed, Ttl = TimeSpan.FromSeconds(10), Stale = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData(4, 6, nameof(Verdict.Fresh))]
    [InlineData(4, 7, nameof(Verdict.StaleIfFailing))]
    [InlineData(10, 0, nameof(Verdict.Fresh))]
    public void Min_fresh_asks_for_time_that_is_left(int at, int minFresh, string verdict) => Judge(at, new Freshness { MinFresh = Seconds(minFresh) }).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData(1, 3, 3, nameof(Verdict.Fresh))]
    [InlineData(1, 3, 2, nameof(Verdict.Unusable))]
    [InlineData(1, null, 3600, nameof(Verdict.Unusable))]
    public void As_of_max_bounds_the_datas_own_time_and_data_without_one_never_meets_it(int at, int? asOfAge, int asOfMax, string verdict) =>
        Judge(at, new Freshness { AsOfMax = Seconds(asOfMax) }, asOfAge).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData(60, nameof(Verdict.StaleAllowed))]
    [InlineData(61, nameof(Verdict.Unusable))]
    public void Max_stale_ends_at_the_ceiling(int at, string verdict) => Judge(at, new Freshness { MaxStale = TimeSpan.MaxValue }).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData(15, nameof(Verdict.StaleAllowed))]
    [InlineData(16, nameof(Verdict.Unusable))]
    public void Max_stale_counts_from_the_stricter_bound(int at, string verdict) => Judge(at, new Freshness { MaxAge = Seconds(5), MaxStale = Seconds(10) }).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData(30, nameof(Verdict.StaleIfFailing))]
    [InlineData(31, nameof(Verdict.Unusable))]
    public void A_profile_may_lower_the_ceiling_of_whoever_states_nothing(int at, string verdict) => Judge(at, new Freshness { ProfileStale = Seconds(30) }).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public void Max_age_0_never_takes_what_is_held(int at) =>
        Judge(at, new Freshness { MaxAge = TimeSpan.Zero, MaxStale = TimeSpan.MaxValue, StaleIfError = TimeSpan.MaxValue }).ShouldBe(Verdict.Unusable);

    private static Verdict Judge(int at, Freshness demand, int? asOfAge = null)
    {
        var start = new EngineTime(TimeSpan.TicksPerDay);
        var wall = DateTimeOffset.UnixEpoch.AddDays(1).AddSeconds(at);
        var entry = new Entry
        {
            Key = new ItemKey("kite.quote", default, "A"),
            Body = new byte[8],
            Status = 200,
            ContentType = "application/json",
            SentAt = start,
            AsOf = asOfAge is { } age ? wall.AddSeconds(-age) : null,
            FreshUntil = start + Endpoint.Ttl,
            StaleUntil = start + Endpoint.Stale,
            Version = 1,
        };
        return FreshnessJudge.Judge(entry, demand, Endpoint, start + Seconds(at), wall);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
