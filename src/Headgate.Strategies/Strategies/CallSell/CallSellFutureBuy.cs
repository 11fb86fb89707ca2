using Headgate.Strategies.Store;
using Headgate.Strategies.Windows;

namespace Headgate.Strategies.CallSell;

/// <summary>
/// Sells a weekly call and buys the monthly future, expiry to expiry, T-1 or T-2 (specification §3). The three shipped strategies are this
/// class with another shift.
/// </summary>
public sealed class CallSellFutureBuy : IStrategy
{
    private const string Position = "call_sell_position";
    private const string PortCompat = "weekly_port_compat";

    private static readonly IReadOnlyList<StrategyLeg> Legs = [new("Call", "call", "sell"), new("Future", "future", "buy")];

    private readonly int _daysBefore;

    private CallSellFutureBuy(string name, string description, int daysBefore, IReadOnlyList<object> symbols)
    {
        Name = name;
        Description = description;
        _daysBefore = daysBefore;
        Parameters =
        [
            CommonParameters.AdjustmentType,
            CommonParameters.Adjustment,
            new(Position, ParameterType.Number, 0.0m, "Call strike in percent of the spot: 0 at the money, + out of, − in the money", -50m, 50m),
            new("symbol", ParameterType.Text, "NIFTY", "Underlying index", null, null, symbols),
        ];
        Settings = daysBefore == 0
            ? [.. CommonParameters.Settings, new(PortCompat, ParameterType.Flag, false, "Behave as weekly 1.0.0 of the replaced platform: exact strike and expiry, no turnover test, no base-start rule")]
            : CommonParameters.Settings;
    }

    public string Name { get; }

    public string Description { get; }

    public string Version => "1.0.0";

    public IReadOnlyList<ParameterDefinition> Parameters { get; }

    public IReadOnlyList<ParameterDefinition> Settings { get; }

    /// <summary>Weekly expiry to weekly expiry.</summary>
    public static CallSellFutureBuy Weekly() => new(
        "call_sell_future_buy_weekly", "Sell a weekly call and buy the monthly future, weekly expiry to expiry", 0, ["NIFTY"]);

    /// <summary>From one trading day before the old expiry to one before the new one.</summary>
    public static CallSellFutureBuy T1() => new(
        "call_sell_future_buy_t1", "Sell a weekly call and buy the monthly future, T-1 to T-1", 1, ["NIFTY", "BANKNIFTY", "FINNIFTY"]);

    /// <summary>From two trading days before the old expiry to two before the new one.</summary>
    public static CallSellFutureBuy T2() => new(
        "call_sell_future_buy_t2", "Sell a weekly call and buy the monthly future, T-2 to T-2", 2, ["NIFTY", "BANKNIFTY", "FINNIFTY"]);

    public string? CheckTogether(ParameterValues values) => CommonParameters.CheckAdjustment(values);

    public async Task<StrategyResult> RunAsync(StrategyContext context, CancellationToken cancellation)
    {
        var symbol = context.Parameters.Text("symbol");
        var (inputs, error) = await RunInputs.LoadAsync(context.Data, symbol, context.Parameters.Text("filter"), outside: false, cancellation);
        if (inputs is null)
        {
            return StrategyResult.Failed(error!);
        }

        var compat = context.Parameters.Has(PortCompat) && context.Parameters.Flag(PortCompat);
        var rules = new CallSellRules(
            symbol, context.Parameters.Number(Position), context.Parameters.Number("strike_step"),
            context.Parameters.Text("strike_rounding") == StrikeRule.HalfEven, compat);
        var run = new CallSellRun(inputs, rules, new RunSheets(context.Data, symbol));
        var planner = new WindowPlanner(inputs.Days, _daysBefore);
        for (var i = 0; i < inputs.Weekly.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            await RunRowAsync(context.Parameters, inputs, planner, run, inputs.Weekly[i], cancellation);
            context.Progress?.Report(new StrategyProgress(i + 1, inputs.Weekly.Count));
        }

        return new StrategyResult(CallSellTable.Of(run.Trades, TradeCosts.From(context.Parameters), compat), run.Skipped, Legs);
    }

    private static async Task RunRowAsync(
        ParameterValues parameters, RunInputs inputs, WindowPlanner planner, CallSellRun run, ExpiryRow row, CancellationToken cancellation)
    {
        if (row.Previous is not { } previous || !run.BeginRow(previous, row.Current))
        {
            return;
        }

        foreach (var segment in BaseSegments.Split(planner.Next(previous, row.Current), inputs.Days.Ranges))
        {
            var intervals = SpotAdjuster.Intervals(
                segment, parameters.Integer(CommonParameters.AdjustmentType.Name), parameters.Number(CommonParameters.Adjustment.Name));
            foreach (var (from, to) in intervals)
            {
                await run.TradeAsync(from, to, cancellation);
            }
        }
    }
}
