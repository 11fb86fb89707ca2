using System.Collections.Concurrent;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>A strategy whose behaviour a test decides.</summary>
internal sealed class ProbeStrategy : IStrategy
{
    private readonly ConcurrentDictionary<long, int> _tries = new();

    public string Name => "probe";

    public string Description => "Does what its mode says";

    public string Version => "1.0.0";

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("mode", ParameterType.Text, "ok", "ok, fail, crash, transient or wait", null, null, ["ok", "fail", "crash", "transient", "wait"]),
        new("tag", ParameterType.Integer, 0L, "Tells runs apart", 0, 1_000_000),
        new("factor", ParameterType.Number, 1.0m, "A number", -5m, 5m),
    ];

    /// <summary>Completes when a waiting run has begun.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets waiting runs go on.</summary>
    public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many tries of mode transient fail before one succeeds.</summary>
    public int TransientFailures { get; set; } = 2;

    public int Runs { get; private set; }

    public async Task<StrategyResult> RunAsync(StrategyContext context, CancellationToken cancellation)
    {
        Runs++;
        var tag = context.Parameters.Integer("tag");
        context.Progress?.Report(new StrategyProgress(1, 4));
        switch (context.Parameters.Text("mode"))
        {
            case "fail":
                return StrategyResult.Failed("there is nothing to trade");
            case "crash":
                throw new InvalidOperationException("the strategy is broken");
            case "transient" when _tries.AddOrUpdate(tag, 1, (_, n) => n + 1) <= TransientFailures:
                throw new TransientStrategyException("the disk is busy");
            case "wait":
                Begun.TrySetResult();
                await Go.Task.WaitAsync(cancellation);
                break;
        }

        context.Progress?.Report(new StrategyProgress(4, 4));
        return new StrategyResult(new ResultTable(["Tag", "Net P&L"], [[(decimal)tag, 1.50m], [(decimal)tag, -0.25m]]), [], []);
    }
}
