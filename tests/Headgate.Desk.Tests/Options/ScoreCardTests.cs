using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Options;

namespace Headgate.Desk.Tests.Options;

public sealed class ScoreCardTests
{
    private static readonly Greeks Straddle = new(0.0532, -38.46, 0.001034, 30.6);

    [Fact]
    public void The_specifications_example_scores_82_6_and_sells()
    {
        var card = ScoreCard.Of(Straddle, vix: 13, vixTrend: 0, ivRank: 40, Regimes.Neutral, OiPattern.LongUnwinding, new ScoreSettings());
        card.Theta.ShouldBe(76.92, 0.001);
        card.Gamma.ShouldBe(89.66, 0.001);
        (card.Vega, card.Vix, card.Regime, card.Oi).ShouldBe((90, 75, 100, 70));
        Math.Round(card.Total, 1).ShouldBe(82.6);
    }

    [Theory]
    [InlineData(49, 0, 90)]
    [InlineData(50, 0, 70)]
    [InlineData(149.9, 0, 50)]
    [InlineData(150, 0, 35)]
    [InlineData(200, 0, 20)]
    [InlineData(150, 2, 15)] // 35 less 150/150·2·10
    [InlineData(150, 9, 5)] // less 30 at most
    [InlineData(300, 9, 0)] // never below 0
    [InlineData(75, -2, 78)] // 70 and 75/150·2·8
    [InlineData(149, -9, 75)] // and 25 at most
    [InlineData(49, -9, 100)] // never above 100
    [InlineData(-75, 1.5, 70)] // the sign of vega does not matter, a trend of 1.5 is none
    public void Vega_scores_by_steps_and_the_trend_of_volatility(double vega, double trend, double score) =>
        Card(Straddle with { Vega = vega }, trend: trend).Vega.ShouldBe(score, 0.001);

    [Theory]
    [InlineData(11.9, 0, 50, 100)]
    [InlineData(12, 0, 50, 75)]
    [InlineData(15, 0, 50, 40)]
    [InlineData(20, 0, 50, 10)]
    [InlineData(13, 2, 50, 65)]
    [InlineData(13, 9, 50, 55)]
    [InlineData(13, -2, 50, 85)]
    [InlineData(13, -9, 50, 90)]
    [InlineData(11, -9, 80, 100)] // clamped after each step
    [InlineData(21, 9, 80, 10)] // 10 − 20 is 0 first, then + 10
    [InlineData(13, 0, 80, 85)]
    [InlineData(13, 0, 24.9, 60)]
    public void Volatility_scores_by_level_trend_and_rank(double vix, double trend, double rank, double score) => Card(Straddle, vix, trend, rank).Vix.ShouldBe(score, 0.001);

    [Fact]
    public void Unknown_greeks_regimes_and_patterns_have_their_own_scores()
    {
        var card = ScoreCard.Of(default, 13, 0, 50, "?", "UNKNOWN", new ScoreSettings());
        (card.Theta, card.Gamma, card.Regime, card.Oi).ShouldBe((0, 50, 30, 90));
        Card(Straddle with { Theta = -60, Gamma = 0.02 }).ShouldSatisfyAllConditions(full => full.Theta.ShouldBe(100), full => full.Gamma.ShouldBe(0));
        ScoreCard.Of(Straddle, 13, 0, 50, Regimes.Bearish, OiPattern.ShortBuildup, new ScoreSettings()).ShouldSatisfyAllConditions(
            card => card.Regime.ShouldBe(60), card => card.Oi.ShouldBe(40));
        ScoreCard.Of(Straddle, 13, 0, 50, Regimes.Neutral, OiPattern.NoChange, new ScoreSettings()).Oi.ShouldBe(90);
    }

    private static ScoreCard Card(Greeks greeks, double vix = 13, double trend = 0, double rank = 50) =>
        ScoreCard.Of(greeks, vix, trend, rank, Regimes.Neutral, OiPattern.LongUnwinding, new ScoreSettings());
}
