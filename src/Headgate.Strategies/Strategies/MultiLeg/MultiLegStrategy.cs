using System.Globalization;
using Headgate.Strategies.Windows;

namespace Headgate.Strategies.MultiLeg;

/// <summary>Runs a declarative definition with the windows, re-entries and futures rules of the shipped strategies.</summary>
public sealed class MultiLegStrategy : IStrategy
{
    internal MultiLegStrategy(MultiLegDefinition definition)
    {
        Definition = definition;
        Parameters =
        [
            .. definition.ReEntry == "spot" ? (ParameterDefinition[])[CommonParameters.AdjustmentType, CommonParameters.Adjustment] : [],
            .. definition.Parameters.Select(p => new ParameterDefinition(p.Name, ParameterType.Number, p.Default, p.Description, p.Min, p.Max)),
            new("symbol", ParameterType.Text, definition.Symbols[0], "Underlying index", null, null, [.. definition.Symbols]),
        ];
    }

    public string Name => Definition.Name;

    public string Description => Definition.Description;

    public string Version => Definition.Version;

    public IReadOnlyList<ParameterDefinition> Parameters { get; }

    public IReadOnlyList<ParameterDefinition> Settings => CommonParameters.Settings;

    internal MultiLegDefinition Definition { get; }

    public string? CheckTogether(ParameterValues values) => Definition.ReEntry == "spot" ? CommonParameters.CheckAdjustment(values) : null;

    public async Task<StrategyResult> RunAsync(StrategyContext context, CancellationToken cancellation)
    {
        var parameters = context.Parameters;
        var symbol = parameters.Text("symbol");
        var (inputs, error) = await RunInputs.LoadAsync(context.Data, symbol, parameters.Text("filter"), Definition.Ranges == "outside", cancellation);
        if (inputs is null)
        {
            return StrategyResult.Failed(error!);
        }

        var legs = Definition.Legs.Select(l => Leg.From(l, text => Value(parameters, text))).ToList();
        var rules = new MultiLegRules(
            symbol, legs, parameters.Number("strike_step"), parameters.Text("strike_rounding") == StrikeRule.HalfEven, Definition.BaseStartRule);
        var run = new MultiLegRun(inputs, rules, new RunSheets(context.Data, symbol), TradeCosts.From(parameters));
        var planner = new WindowPlanner(inputs.Days, Definition.DaysBefore);
        var rows = Definition.Calendar == "weekly" ? inputs.Weekly : inputs.Monthly;
        for (var i = 0; i < rows.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (rows[i].Previous is { } previous && run.BeginRow(rows[i]))
            {
                foreach (var segment in BaseSegments.Split(planner.Next(previous, rows[i].Current), inputs.Days.Ranges))
                {
                    foreach (var (from, to) in Intervals(parameters, segment))
                    {
                        await run.TradeAsync(from, to, cancellation);
                    }
                }
            }

            context.Progress?.Report(new StrategyProgress(i + 1, rows.Count));
        }

        return new StrategyResult(
            new ResultTable(run.Columns, run.Rows), run.Skipped,
            [.. Definition.Legs.Select(l => new StrategyLeg(l.Name, l.Instrument, l.Side))]);
    }

    private List<(Store.SpotDay From, Store.SpotDay To)> Intervals(ParameterValues parameters, Store.SpotDay[] segment) =>
        Definition.ReEntry == "none"
            ? SpotAdjuster.Intervals(segment, 0, 0)
            : SpotAdjuster.Intervals(segment, parameters.Integer(CommonParameters.AdjustmentType.Name), parameters.Number(CommonParameters.Adjustment.Name));

    private static decimal? Value(ParameterValues parameters, string? text) =>
        text is null ? null : text.StartsWith('$') ? parameters.Number(text[1..]) : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
