using Headgate.Strategies.CallSell;
using Headgate.Strategies.Runs;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>Specification §9's test vector and the normalisation it asks for.</summary>
public sealed class RunHashTests
{
    [Fact]
    public void Defaults_hash_to_the_published_vector()
    {
        var values = StrategyRuns.Check(CallSellFutureBuy.Weekly());

        RunHash.Key(values).ShouldBe("07584e0ccdcba51b");
        RunHash.Execution(values).ShouldBe("8f6968a8128386ea2a15bb7a5ca24959");
        RunHash.CacheKey(CallSellFutureBuy.Weekly(), values, "v").ShouldStartWith("strategy:call_sell_future_buy_weekly:07584e0ccdcba51b");
    }

    [Fact]
    public void One_and_one_point_zero_agree_and_other_values_differ()
    {
        string Key(object parameters) => RunHash.Key(StrategyRuns.Check(CallSellFutureBuy.Weekly(), parameters));

        Key(new { spot_adjustment = 1 }).ShouldBe("07584e0ccdcba51b");
        Key(new { spot_adjustment = 1.0m, spot_adjustment_type = 0.0m, strike_rounding = "half_up", filter = "base2" }).ShouldBe("07584e0ccdcba51b");
        Key(new { spot_adjustment = 1.5 }).ShouldNotBe("07584e0ccdcba51b");
        Key(new { strike_rounding = "half_even" }).ShouldNotBe("07584e0ccdcba51b");
    }

    [Theory]
    [InlineData("0", "0.0")]
    [InlineData("1", "1.0")]
    [InlineData("-50", "-50.0")]
    [InlineData("1.50", "1.5")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("-0.0000123", "-1.23e-05")]
    public void Numbers_print_as_the_original_printed_them(string number, string expected) =>
        PythonText.Float(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
}
