using Headgate.Strategies.Runs;

namespace Headgate.Strategies.Tests.Strategies;

/// <summary>The one rule of specification §2.</summary>
public sealed class ParameterTests
{
    [Fact]
    public void A_parameter_without_default_is_required_and_null_is_absence()
    {
        var strategy = new Demanding();

        ParameterValidator.Check(strategy, StrategyRuns.Given(new { })).Error.ShouldBe("Required parameter 'level' is missing");
        ParameterValidator.Check(strategy, StrategyRuns.Given(new { level = (int?)null })).Error.ShouldBe("Required parameter 'level' is missing");
        ParameterValidator.Check(strategy, StrategyRuns.Given(new { level = 2 })).Error.ShouldBeNull();
        ParameterValidator.Check(strategy, StrategyRuns.Given(new { level = 2.5 })).Error.ShouldBe("Parameter 'level' must be an integer");
        ParameterValidator.Check(strategy, StrategyRuns.Given(new { level = 0 })).Error.ShouldBe("Parameter 'level' must be >= 1");
    }

    [Fact]
    public void Defaults_are_filled_and_unknown_names_come_first() =>
        ParameterValidator.Check(new Demanding(), StrategyRuns.Given(new { nope = 1 })).Error.ShouldBe("Unknown parameter 'nope'");

    [Fact]
    public void The_schema_says_what_is_required() => StrategyInfo.Of(new Demanding()).ParameterSchema.Single().ShouldSatisfyAllConditions(
        p => p.Required.ShouldBeTrue(), p => p.Type.ShouldBe("int"), p => p.Default.ShouldBeNull(), p => p.MinValue.ShouldBe(1));

    private sealed class Demanding : IStrategy
    {
        public string Name => "demanding";

        public string Description => "Has a parameter without default";

        public string Version => "1";

        public IReadOnlyList<ParameterDefinition> Parameters { get; } = [new("level", ParameterType.Integer, null, "", 1, 9)];

        public Task<StrategyResult> RunAsync(StrategyContext context, CancellationToken cancellation) => Task.FromResult(StrategyResult.Failed("never run"));
    }
}
