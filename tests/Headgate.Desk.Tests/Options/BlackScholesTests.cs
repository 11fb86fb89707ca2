using Headgate.Desk.Monitors.Options;

namespace Headgate.Desk.Tests.Options;

public sealed class BlackScholesTests
{
    private static readonly BlackScholes Call = new(IsCall: true, 26_000, 26_000, 8 / 365.0, 0.07);
    private static readonly BlackScholes Put = Call with { IsCall = false };

    /// <summary>The specification's check: 20 %, at the money, 8 days. θ per calendar day, ν per point of volatility.</summary>
    [Fact]
    public void Greeks_are_those_of_the_specifications_example()
    {
        var (call, put) = (Call.Greeks(0.2), Put.Greeks(0.2));
        call.Delta.ShouldBe(0.5266, 0.00005);
        call.Theta.ShouldBe(-21.72, 0.005);
        call.Gamma.ShouldBe(0.000517, 0.0000005);
        call.Vega.ShouldBe(15.32, 0.005);
        put.Delta.ShouldBe(-0.4734, 0.00005);
        put.Theta.ShouldBe(-16.74, 0.005);
        (call + put).Theta.ShouldBe(-38.46, 0.01, "the specification adds rounded figures");
        (call + put).Gamma.ShouldBe(0.001034, 0.0000005);
        (call + put).Vega.ShouldBe(30.6, 0.05);
    }

    /// <summary>J. C. Hull, Options, Futures, and Other Derivatives, 9th ed., example 15.6: S 42, K 40, r 10 %, σ 20 %, T 0.5: call 4.76, put 0.81.</summary>
    [Fact]
    public void Prices_are_those_of_Hulls_example_15_6()
    {
        var call = new BlackScholes(IsCall: true, 42, 40, 0.5, 0.10);
        call.Price(0.2).ShouldBe(4.76, 0.005);
        (call with { IsCall = false }).Price(0.2).ShouldBe(0.81, 0.005);
    }

    /// <summary>Hull, chapter 19: S 49, K 50, r 5 %, σ 20 %, 20 weeks: delta 0.522, theta −4.31 a year, gamma 0.066, vega 12.1 for 100 points.</summary>
    [Fact]
    public void Greeks_are_those_of_Hulls_chapter_19()
    {
        var greeks = new BlackScholes(IsCall: true, 49, 50, 0.3846, 0.05).Greeks(0.2);
        greeks.Delta.ShouldBe(0.522, 0.0005);
        (greeks.Theta * 365).ShouldBe(-4.31, 0.005);
        greeks.Gamma.ShouldBe(0.066, 0.0005);
        (greeks.Vega * 100).ShouldBe(12.1, 0.05);
    }

    /// <summary>Hull, section 15.11: a call at 1.875 with S 21, K 20, r 10 %, T 0.25 implies 23.5 %.</summary>
    [Fact]
    public void Implied_volatility_is_that_of_Hulls_section_15_11() =>
        new BlackScholes(IsCall: true, 21, 20, 0.25, 0.10).ImpliedVolatility(1.875)!.Value.ShouldBe(0.235, 0.0005);

    /// <summary>§9.1: the original assumed 20 % for every option, because the quote has none.</summary>
    [Theory]
    [InlineData(0.08)]
    [InlineData(0.13)]
    [InlineData(0.2)]
    [InlineData(1.5)]
    public void Volatility_is_inverted_from_the_premium_and_never_a_constant(double volatility)
    {
        Call.ImpliedVolatility(Call.Price(volatility))!.Value.ShouldBe(volatility, 1e-9);
        Put.ImpliedVolatility(Put.Price(volatility))!.Value.ShouldBe(volatility, 1e-9);
    }

    [Fact]
    public void Premiums_that_no_volatility_explains_get_the_nearer_bound()
    {
        Call.ImpliedVolatility(1)!.Value.ShouldBe(BlackScholes.VolatilityMin, 1e-9);
        Call.ImpliedVolatility(25_000)!.Value.ShouldBe(BlackScholes.VolatilityMax, 1e-9);
        Call.ImpliedVolatility(0).ShouldBeNull();
        Call.ImpliedVolatility(double.NaN).ShouldBeNull();
    }

    [Fact]
    public void Call_and_put_are_at_parity_and_the_distribution_is_symmetric()
    {
        foreach (var volatility in new[] { 0.01, 0.1, 0.5, 3 })
        {
            (Call.Price(volatility) - Put.Price(volatility)).ShouldBe(26_000 - (26_000 * Math.Exp(-0.07 * 8 / 365)), 1e-6);
        }

        foreach (var x in new[] { 0.1, 1, 3, 6.9, 7.2, 20, 40 })
        {
            (NormalDistribution.Cumulative(x) + NormalDistribution.Cumulative(-x)).ShouldBe(1, 1e-14);
        }

        NormalDistribution.Cumulative(1.96).ShouldBe(0.9750021048517795, 1e-13);
    }
}
