using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Options;

namespace Headgate.Desk.Tests.Options;

public sealed class PositionJudgeTests
{
    private static readonly PositionSettings Settings = new();
    private static readonly DateTimeOffset Ten = OptionWorld.At(10, 0);
    private static readonly OptionLegs Legs = new("straddle", new DateOnly(2026, 12, 1), 26_000, 26_000, "NFO:C", "NFO:P", 65);
    private static readonly PositionLayer Layer = new(1, Ten, "SELL", 80, 26_000, 13, Regimes.Neutral, OiPattern.NoChange, Legs, 500, 1);

    [Fact]
    public void A_hundred_point_move_alone_only_warns() => Exit(spot: 26_100).ShouldBe(("CONSIDER_EXIT", "LOW", 25));

    [Fact]
    public void Nothing_changed_holds() => Exit().ShouldBe(("HOLD_POSITION", "NONE", 0));

    [Theory]
    [InlineData(60, 13, 26_000, "EXIT_NOW", "MEDIUM", 30)] // score dropped by 20
    [InlineData(60.1, 13, 26_000, "HOLD_POSITION", "NONE", 0)]
    [InlineData(39.9, 13, 26_000, "EXIT_NOW", "HIGH", 70)] // dropped, and below 40
    [InlineData(80, 15, 26_000, "EXIT_NOW", "MEDIUM", 30)] // VIX by two points
    [InlineData(80, 14.3, 26_000, "CONSIDER_EXIT", "LOW", 25)] // else by ten percent
    [InlineData(80, 14.3, 25_900, "EXIT_NOW", "HIGH", 50)]
    [InlineData(80, 13, 26_099, "HOLD_POSITION", "NONE", 0)]
    public void Points_add_up(double score, double vix, double spot, string signal, string urgency, int points) =>
        Exit(score, (decimal)vix, (decimal)spot).ShouldBe((signal, urgency, points));

    [Fact]
    public void A_percent_of_a_low_index_counts_where_a_hundred_points_do_not_come_together()
    {
        var entry = Layer with { NiftySpot = 5_000 };
        PositionJudge.Exit(entry, Now(80, 13, 5_060), Settings).Points.ShouldBe(20);
    }

    [Fact]
    public void Regime_and_build_up_count()
    {
        PositionJudge.Exit(Layer, Now(80, 13, 26_000) with { MarketRegime = Regimes.Bearish }, Settings).Points.ShouldBe(25);
        PositionJudge.Exit(Layer with { Regime = Regimes.Bullish }, Now(80, 13, 26_000) with { MarketRegime = Regimes.Bearish }, Settings).Points.ShouldBe(0);
        var oi = OiReading.Of(110, 100, 1, 0, 0);
        PositionJudge.Exit(Layer, Now(80, 13, 26_000) with { Oi = oi }, Settings).Points.ShouldBe(20);
    }

    /// <summary>§9.3, seen live on 2026-01-12 at 13:30: a veto's score 0 fired "score dropped" and "score below" and advised to leave at once.</summary>
    [Fact]
    public void A_vetos_score_of_0_does_not_fire_a_score_dropped_exit()
    {
        var vetoed = Now(78, 13, 26_000) with { Signal = "AVOID", TotalScore = 0, Vetoes = [new OptionVeto("REALIZED_VOL_TOO_HIGH", "1.3 times")] };
        var advice = PositionJudge.Exit(Layer, vetoed, Settings);
        advice.Signal.ShouldBe("CONSIDER_EXIT");
        advice.Reasons.ShouldHaveSingleItem().ShouldContain("REALIZED_VOL_TOO_HIGH");
        PositionJudge.Add([Layer], vetoed, Settings).Signal.ShouldBe("NO_ADD");
    }

    /// <summary>§9.3: the exit record read fields that were not there: values null and −4900 % estimated.</summary>
    [Fact]
    public void The_result_is_estimated_from_premiums_quoted_now_and_from_nothing_else()
    {
        var check = new PositionCheck(Ten, 70, 26_050, 14, Regimes.Neutral, "UNKNOWN", [420, 450]);
        check.ProfitAndLoss([Layer, Layer with { Number = 2, Premium = 480 }]).ShouldBe(110);
        (check with { Premiums = [420, null] }).ProfitAndLoss([Layer, Layer]).ShouldBeNull();
    }

    [Theory]
    [InlineData(80, 70, 1, "ADD_POSITION", 100)]
    [InlineData(70, 65, 1, "ADD_POSITION", 60)]
    [InlineData(70, 65, 2, "CONSIDER_ADD", 40)]
    [InlineData(69, 50, 1, "ADD_POSITION", 50)]
    [InlineData(69, 65, 1, "NO_ADD", 20)]
    [InlineData(80, 75, 2, "ADD_POSITION", 50)]
    public void Adding_has_points_too(double score, double lastScore, int layers, string signal, int points)
    {
        var held = Enumerable.Range(1, layers).Select(number => Layer with { Number = number, Score = lastScore }).ToList();
        var advice = PositionJudge.Add(held, Now(score, 13, 26_000), Settings);
        (advice.Signal, advice.Points).ShouldBe((signal, points));
    }

    [Fact]
    public void Layers_are_three_at_most_and_half_an_hour_apart()
    {
        PositionJudge.CanAdd([Layer], Ten.AddMinutes(29), Settings).ShouldBeFalse();
        PositionJudge.CanAdd([Layer], Ten.AddMinutes(30), Settings).ShouldBeTrue();
        PositionJudge.CanAdd([Layer, Layer, Layer], Ten.AddHours(2), Settings).ShouldBeFalse();
    }

    private static (string Signal, string Urgency, int Points) Exit(double score = 80, decimal vix = 13, decimal spot = 26_000)
    {
        var advice = PositionJudge.Exit(Layer, Now(score, vix, spot), Settings);
        return (advice.Signal, advice.Urgency, advice.Points);
    }

    private static OptionAnalysis Now(double score, decimal vix, decimal spot)
    {
        var best = new StrategyAnalysis(Legs, 250, 250, default, new ScoreCard(0, 0, 0, 0, 0, 0, score));
        return new OptionAnalysis(Ten.AddHours(1), "SELL")
        {
            NiftySpot = spot,
            Vix = vix,
            VixTrend = 0,
            IvRank = 50,
            MarketRegime = Regimes.Neutral,
            PriceAction = "MODERATE",
            TotalScore = score,
            ComparableScore = score,
            SignalTier = "SELL_STRONG",
            PositionSize = 1,
            PremiumQuality = "EXCELLENT",
            Recommendation = "",
            RiskFactors = [],
            Best = best,
            Expiries = [],
        };
    }
}
