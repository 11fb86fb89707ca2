namespace Headgate.Simulation;

/// <summary>Several days of a fleet in a row, on the same stores, and their sums.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Direct">Sums over all days.</param>
/// <param name="Gate">Sums over all days; shares are over all days' items and bars.</param>
/// <param name="LowerBound">Sum of the days' lower bounds.</param>
/// <param name="Ratio">Calls of the gate ÷ lower bound.</param>
/// <param name="Alerts">Sums over all days; the lag is the worst day's.</param>
/// <param name="Days">Each day.</param>
public sealed record FleetDaysReport(
    string Scenario, FleetSum Direct, FleetGateSum Gate, long LowerBound, decimal Ratio, AlertSum Alerts, IReadOnlyList<FleetDayReport> Days)
{
    /// <summary>Adds days up.</summary>
    /// <param name="days">At least one.</param>
    public static FleetDaysReport Of(IReadOnlyList<FleetDayReport> days)
    {
        var calls = days.Sum(day => day.Gate.Calls);
        var bound = days.Sum(day => day.LowerBound);
        return new FleetDaysReport(
            days[0].Scenario,
            new FleetSum(days.Sum(day => day.Direct.Calls), days.Sum(day => day.Direct.Violations)),
            new FleetGateSum(
                calls,
                days.Sum(day => day.Gate.QuoteCalls),
                days.Sum(day => day.Gate.HistoryCalls),
                days.Sum(day => day.Gate.Violations),
                decimal.Round(days.Sum(day => day.Gate.HitRate) / days.Count, 4),
                days.Sum(day => day.Gate.StaleServed)),
            bound,
            bound == 0 ? 0 : decimal.Round(calls / (decimal)bound, 4),
            new AlertSum(
                days.Sum(day => day.Alerts.Ideal),
                days.Sum(day => day.Alerts.Direct),
                days.Sum(day => day.Alerts.Gate),
                days.Sum(day => day.Alerts.Missing),
                days.Sum(day => day.Alerts.Extra),
                days.Sum(day => day.Alerts.DirectMissing),
                days.Max(day => day.Alerts.Lag.P95),
                days.Max(day => day.Alerts.Lag.Max)),
            days);
    }
}

/// <param name="Calls">Calls, orders and their look-ups included; messages apart.</param>
/// <param name="Violations">Calls that broke a limit.</param>
public sealed record FleetSum(long Calls, long Violations);

/// <param name="Calls">Calls, orders and their look-ups included; messages apart.</param>
/// <param name="QuoteCalls">Of these, of quote endpoints.</param>
/// <param name="HistoryCalls">Of these, for candles.</param>
/// <param name="Violations">Calls that broke a limit: must be 0.</param>
/// <param name="HitRate">Mean of the days' shares of items answered from fresh entries.</param>
/// <param name="StaleServed">Asks answered stale, saying so.</param>
public sealed record FleetGateSum(long Calls, long QuoteCalls, long HistoryCalls, long Violations, decimal HitRate, long StaleServed);

/// <param name="Ideal">Found in the ideal runs.</param>
/// <param name="Direct">Found in the direct runs.</param>
/// <param name="Gate">Found through the gate.</param>
/// <param name="Missing">In the ideal runs alone: must be 0.</param>
/// <param name="Extra">Through the gate alone: must be 0.</param>
/// <param name="DirectMissing">Missed by the direct runs.</param>
/// <param name="LagP95">The worst day's 95th percentile of how much later the gate's came, in seconds.</param>
/// <param name="LagMax">The latest of all, in seconds.</param>
public sealed record AlertSum(long Ideal, long Direct, long Gate, long Missing, long Extra, long DirectMissing, decimal LagP95, decimal LagMax);
