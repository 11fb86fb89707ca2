namespace Headgate.Strategies.JobHost;

/// <summary>Works for half a second in fifty steps, so that a kill finds jobs in every state.</summary>
internal sealed class SlowStrategy : IStrategy
{
    private const int Steps = 50;

    public string Name => "slow";

    public string Description => "Takes its time";

    public string Version => "1.0.0";

    public IReadOnlyList<ParameterDefinition> Parameters { get; } = [new("tag", ParameterType.Integer, 0L, "Tells runs apart", 0, 1_000_000)];

    public async Task<StrategyResult> RunAsync(StrategyContext context, CancellationToken cancellation)
    {
        for (var step = 1; step <= Steps; step++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
            context.Progress?.Report(new StrategyProgress(step, Steps));
        }

        return new StrategyResult(new ResultTable(["Tag"], [[(decimal)context.Parameters.Integer("tag")]]), [], []);
    }
}
