namespace Headgate.Strategies.SamplePlugin;

/// <summary>A user's strategy in an assembly of its own: one trade from the first to the last close.</summary>
public sealed class BuyAndHold : IStrategy
{
    public string Name => "buy_and_hold";

    public string Description => "Buys on the first day and sells on the last";

    public string Version => "1.0.0";

    public IReadOnlyList<ParameterDefinition> Parameters { get; } = [new("symbol", ParameterType.Text, "NIFTY", "Underlying index")];

    public async Task<StrategyResult> RunAsync(StrategyContext context, CancellationToken cancellation)
    {
        var spot = await context.Data.SpotAsync(context.Parameters.Text("symbol"), cancellation);
        return spot.Count < 2
            ? StrategyResult.Failed("fewer than two days of spot")
            : new StrategyResult(
                new ResultTable(
                    ["Entry Date", "Exit Date", "Entry Spot", "Exit Spot", "Net P&L"],
                    [[$"{spot[0].Date:yyyy-MM-dd}", $"{spot[^1].Date:yyyy-MM-dd}", spot[0].Close, spot[^1].Close, spot[^1].Close - spot[0].Close]]),
                [], []);
    }
}
