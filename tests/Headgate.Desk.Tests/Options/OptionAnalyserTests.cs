using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Options;

namespace Headgate.Desk.Tests.Options;

public sealed class OptionAnalyserTests
{
    private readonly OptionWorld _world = new();

    [Fact]
    public void A_quiet_market_with_rich_premiums_is_sold_at_the_first_expiry_with_a_week_to_go()
    {
        var analysis = Analyse();
        analysis.Signal.ShouldBe("SELL");
        analysis.Expiries.Select(expiry => expiry.Expiry).ShouldBe([new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 29)]);
        analysis.Expiries[0].DaysToExpiry.ShouldBe(11);
        analysis.Best.Legs.Expiry.ShouldBe(new DateOnly(2026, 12, 1));
        analysis.TotalScore.ShouldBe(analysis.ComparableScore);
        analysis.Veto.ShouldBeNull();
        var strangle = analysis.Expiries[0].Strangle!.Legs;
        (strangle.CallStrike, strangle.PutStrike).ShouldBe((26_100, 25_900));
    }

    /// <summary>§9.1: the hand-built symbol gave premium 0 where weekly and monthly names differ.</summary>
    [Fact]
    public void Options_are_found_in_the_instrument_list_whatever_their_names_look_like()
    {
        var analysis = Analyse();
        analysis.Expiries[0].Straddle!.Legs.CallName.ShouldBe("NFO:NIFTY26D0126000CE");
        analysis.Expiries[1].Straddle!.Legs.CallName.ShouldBe("NFO:NIFTY26DEC26000CE");
        analysis.Expiries.ShouldAllBe(expiry => expiry.Straddle!.CallPremium > 0 && expiry.Strangle!.PutPremium > 0);
    }

    [Fact]
    public void The_trend_of_volatility_is_against_the_close_three_sessions_back()
    {
        _world.VixClose = back => back switch { 0 => 99, 1 => 98, 2 => 10.5m, _ => 12 };
        Analyse().VixTrend.ShouldBe(2.5, 0.0001);
    }

    [Fact]
    public void IV_rank_is_the_share_of_closes_below_and_the_true_rank_lies_between_the_extremes()
    {
        _world.VixClose = back => back == 0 ? 33 : back % 4 == 0 ? 11 : 14;
        var analysis = Analyse();
        analysis.IvRank.ShouldBeInRange(24, 26);
        analysis.TrueIvRank!.Value.ShouldBe((13.0 - 11) / (33 - 11) * 100, 0.0001);
        Analyse(inputs => inputs with { VixYear = [.. inputs.VixYear.Take(99)] }).IvRank.ShouldBe(50);
    }

    [Theory]
    [InlineData(25, "SELL_STRONG", 1.0, "EXCELLENT")]
    [InlineData(24.9, "SELL_MODERATE", 0.75, "GOOD")]
    [InlineData(15, "SELL_MODERATE", 0.75, "GOOD")]
    [InlineData(14.9, "SELL_WEAK", 0.5, "BELOW AVERAGE")]
    [InlineData(10, "SELL_WEAK", 0.5, "BELOW AVERAGE")]
    [InlineData(9.9, "AVOID", 0, "CHEAP")]
    public void Tiers_follow_the_rank(double rank, string name, double size, string quality) =>
        PremiumTier.Of(rank, new VetoSettings()).ShouldBe(new PremiumTier(name, (decimal)size, quality));

    [Fact]
    public void Without_tiers_one_bound_decides()
    {
        var binary = new VetoSettings { EnableTieredSignals = false };
        PremiumTier.Of(14.9, binary).IsVeto.ShouldBeTrue();
        PremiumTier.Of(15, binary).Size.ShouldBe(1);
    }

    [Fact]
    public void A_veto_avoids_with_score_0_and_still_knows_the_score_it_would_have()
    {
        _world.VixClose = _ => 30;
        var analysis = Analyse();
        (analysis.Signal, analysis.TotalScore, analysis.SignalTier, analysis.PositionSize).ShouldBe(("AVOID", 0, "AVOID", 0));
        analysis.Veto!.Type.ShouldBe("IV_RANK_TOO_LOW");
        analysis.Veto.Data.ShouldContain("IV rank 0.0 %");
        analysis.ComparableScore.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void An_index_that_moves_more_than_its_options_imply_is_a_veto()
    {
        _world.DailyMove = 1.2m;
        _world.DailyRange = 1.3m;
        var analysis = Analyse();
        analysis.Veto!.Type.ShouldBe("REALIZED_VOL_TOO_HIGH");
        analysis.RealisedRatio!.Value.ShouldBeGreaterThan(1.2);
    }

    [Fact]
    public void Wide_daily_ranges_are_a_veto_and_small_ones_a_consolidation()
    {
        _world.DailyRange = 2.2m;
        Analyse().ShouldSatisfyAllConditions(analysis => analysis.Veto!.Type.ShouldBe("TRENDING_MARKET"), analysis => analysis.PriceAction.ShouldBe("TRENDING"));
        _world.DailyRange = 0.5m;
        Analyse().PriceAction.ShouldBe("CONSOLIDATION");
        _world.DailyRange = 1.2m;
        Analyse().PriceAction.ShouldBe("MODERATE");
    }

    /// <summary>§9.1: the original computed intraday volatility and only logged it.</summary>
    [Fact]
    public void High_intraday_volatility_is_a_risk_factor()
    {
        Analyse().RiskFactors.ShouldNotContain(risk => risk.Contains("Intraday"));
        _world.IntradayRange = 1.3m;
        Analyse().RiskFactors.ShouldContain(risk => risk.Contains("Intraday ranges average 1.30 %"));
    }

    /// <summary>§9.1: as written nearly every day was AVOID, because the range is narrow by construction.</summary>
    [Fact]
    public void The_pivot_range_vetoes_only_when_told_to()
    {
        OptionAnalysis With(CprVetoMode mode, decimal spot)
        {
            _world.Spot = spot;
            return Analyse(settings: new OptionsSettings { Vetoes = new VetoSettings { CprVetoMode = mode } });
        }

        With(CprVetoMode.Off, 26_150).ShouldSatisfyAllConditions(off => off.Vetoes.ShouldBeEmpty(), off => off.RiskFactors.ShouldContain(risk => risk.Contains("outside the pivot range")));
        With(CprVetoMode.OutsideOnly, 26_150).Veto!.Type.ShouldBe("CPR_TRENDING_DAY");
        var inside = Analyse().Cpr!.Pivot;
        With(CprVetoMode.Off, inside).RiskFactors.ShouldContain(risk => risk.Contains("VERY_NARROW"));
        With(CprVetoMode.OutsideOnly, inside).Vetoes.ShouldBeEmpty();
        With(CprVetoMode.Strict, inside).Veto!.Type.ShouldBe("CPR_TRENDING_DAY");
    }

    /// <summary>§9.1: the previous session was picked by index, which is today's partial bar or the day before yesterday's as the case may be.</summary>
    [Fact]
    public void The_pivot_range_is_the_previous_completed_sessions_whether_or_not_todays_bar_is_in_the_answer()
    {
        var without = Analyse().Cpr;
        _world.AddsToday = true;
        Analyse().Cpr.ShouldBe(without);
        Analyse().RealisedRatio.ShouldNotBeNull();
    }

    [Fact]
    public void Without_usable_premiums_there_is_no_analysis()
    {
        _world.HasPremiums = false;
        AnalyseOrNot().ShouldBeNull();
    }

    /// <summary>§10: the first snapshot of a day was classed as covering or unwinding.</summary>
    [Fact]
    public void Open_interest_that_has_not_moved_has_no_pattern()
    {
        Analyse(firstOi: 10_000_000).OiPatternName.ShouldBe(OiPattern.NoChange);
        Analyse(firstOi: 9_000_000).OiPatternName.ShouldBe(OiPattern.LongBuildup);
        Analyse(firstOi: 11_000_000).OiPatternName.ShouldBe(OiPattern.ShortCovering);
    }

    [Fact]
    public void Regime_is_the_distance_from_the_fifty_day_mean()
    {
        string Regime(decimal last) => OptionStatistics.Regime([.. Enumerable.Range(0, 49).Select(_ => Bar(100)), Bar(last)], new VetoSettings());
        Regime(102).ShouldBe(Regimes.Neutral);
        Regime(103).ShouldBe(Regimes.Bullish);
        Regime(97).ShouldBe(Regimes.Bearish);
        OptionStatistics.Regime([Bar(100), Bar(200)], new VetoSettings()).ShouldBe(Regimes.Neutral);
    }

    [Fact]
    public void Risks_name_what_is_wrong()
    {
        _world.Vix = 21;
        _world.VixClose = back => back < 10 ? 18 : 11;
        var risks = Analyse(firstOi: 5_000_000, regime: Regimes.Bullish).RiskFactors;
        risks.ShouldContain("High VIX (21.0)");
        risks.ShouldContain(risk => risk.StartsWith("VIX rising"));
        risks.ShouldContain("Trending market (BULLISH)");
        risks.ShouldContain(risk => risk.Contains("LONG_BUILDUP"));
    }

    private static Headgate.Desk.Monitors.Market.KiteBar Bar(decimal close) => new(OptionWorld.At(0, 0), close, close, close, close, 0);

    private OptionAnalysis Analyse(Func<OptionInputs, OptionInputs>? change = null, OptionsSettings? settings = null, long firstOi = 10_000_000, string regime = Regimes.Neutral) =>
        AnalyseOrNot(change, settings, firstOi, regime).ShouldNotBeNull();

    private OptionAnalysis? AnalyseOrNot(Func<OptionInputs, OptionInputs>? change = null, OptionsSettings? settings = null, long firstOi = 10_000_000, string regime = Regimes.Neutral)
    {
        settings ??= new OptionsSettings();
        var (inputs, error) = new OptionReader(_world, _world.Instruments(), OptionWorld.Rules, settings, "options").ReadAsync(OptionWorld.At(10, 0), [], default).AsTask().GetAwaiter().GetResult();
        error.ShouldBeNull();
        return OptionAnalyser.Analyse(change is null ? inputs! : change(inputs!), regime, firstOi, settings);
    }
}
