using Headgate.Strategies.CallSell;

namespace Headgate.Strategies.Tests.Strategies;

/// <summary>Specification §5, every number.</summary>
public sealed class WorkedExampleTests
{
    [Fact]
    public async Task Weekly_opens_the_base_range_with_the_second_future_and_returns_to_the_nearest()
    {
        var result = await CallSellFutureBuy.Weekly().RunAsync(WorkedExample.Market());

        Rows(result).ShouldBe(
        [
            "2024-01-04 2024-01-11 2024-02-29 K21700 call 120/0.05=119.95 fut 21850/21815=-35 net 84.95",
            "2024-01-11 2024-01-18 2024-01-25 K21600 call 180/0.05=179.95 fut 21700/21500=-200 net -20.05",
        ]);
        result.Column<decimal>("Net P&L").Sum().ShouldBe(64.90m);
        result.Skipped.ShouldBeEmpty();
        result.Table.Columns.ShouldBe(
        [
            "Entry Date", "Exit Date", "Entry Spot", "Exit Spot", "Future Expiry", "Future EntryPrice", "Future ExitPrice", "Future P&L", "Call Expiry",
            "Call Strike", "Call EntryPrice", "Call Entry Turnover", "Call ExitPrice", "Call Exit Turnover", "Call P&L", "Net P&L",
        ]);
        result.Table.Rows[0].ShouldBe(
            ["2024-01-04", "2024-01-11", 21660m, 21645m, "2024-02-29", 21850m, 21815m, -35m, "2024-01-11", 21700m, 120m, 1000m, 0.05m, 1000m, 119.95m, 84.95m]);
    }

    [Fact]
    public async Task Port_compatibility_knows_no_base_start_rule_and_no_turnover_columns()
    {
        var result = await CallSellFutureBuy.Weekly().RunAsync(WorkedExample.Market(), new { weekly_port_compat = true });

        Rows(result)[0].ShouldBe("2024-01-04 2024-01-11 2024-01-25 K21700 call 120/0.05=119.95 fut 21730/21700=-30 net 89.95");
        result.Table.Columns.ShouldNotContain("Call Entry Turnover");
    }

    [Fact]
    public async Task A_rise_or_fall_of_one_percent_splits_the_week_in_three()
    {
        var result = await CallSellFutureBuy.Weekly().RunAsync(
            WorkedExample.Market(secondRowOnly: true), new { spot_adjustment_type = 3, spot_adjustment = 1, call_sell_position = 1 });

        Rows(result).ShouldBe(
        [
            "2024-01-11 2024-01-12 2024-01-25 K21900 call 70/145=-75 fut 21700/21940=240 net 165",
            "2024-01-12 2024-01-17 2024-01-25 K22100 call 60/2.5=57.5 fut 21940/21600=-340 net -282.5",
            "2024-01-17 2024-01-18 2024-01-25 K21800 call 6/0.05=5.95 fut 21600/21500=-100 net -94.05",
        ]);
        result.Column<decimal>("Net P&L").Sum().ShouldBe(-211.55m);
    }

    [Theory]
    [InlineData(1, "01-11→01-12, 01-12→01-18")]
    [InlineData(2, "01-11→01-18")]
    [InlineData(3, "01-11→01-12, 01-12→01-17, 01-17→01-18")]
    public void Triggers_of_each_type_give_the_intervals_of_the_example(int type, string expected)
    {
        var market = WorkedExample.Market(secondRowOnly: true);
        var week = market.SpotDays.Where(d => d.Date >= WorkedExample.Day("01-11")).ToList();

        var intervals = Windows.SpotAdjuster.Intervals(week, type, 1m);

        string.Join(", ", intervals.Select(i => $"{i.From.Date:MM-dd}→{i.To.Date:MM-dd}")).ShouldBe(expected);
    }

    [Fact]
    public async Task T1_starts_at_the_expiry_first_and_a_day_earlier_from_then_on()
    {
        var result = await CallSellFutureBuy.T1().RunAsync(WorkedExample.Market());

        Rows(result).ShouldBe(
        [
            "2024-01-04 2024-01-10 2024-02-29 K21700 call 120/48=72 fut 21850/21790=-60 net 12",
            "2024-01-10 2024-01-17 2024-01-25 K21700 call 118/8=110 fut 21690/21600=-90 net 20",
        ]);
        result.Column<decimal>("Net P&L").Sum().ShouldBe(32.00m);
    }

    [Fact]
    public async Task T2_exits_two_days_before_the_expiry()
    {
        var result = await CallSellFutureBuy.T2().RunAsync(WorkedExample.Market());

        Rows(result).ShouldBe(
        [
            "2024-01-04 2024-01-09 2024-02-29 K21700 call 120/35=85 fut 21850/21720=-130 net -45",
            "2024-01-09 2024-01-16 2024-01-25 K21500 call 210/535=-325 fut 21620/22060=440 net 115",
        ]);
        result.Column<decimal>("Net P&L").Sum().ShouldBe(70.00m);
    }

    [Theory]
    [InlineData(21660, 0, false, 21700)]
    [InlineData(21645, 0, false, 21600)]
    [InlineData(21645, 1, false, 21900)]
    [InlineData(21895, 1, false, 22100)]
    [InlineData(21570, 1, false, 21800)]
    [InlineData(21545, 0, false, 21500)]
    [InlineData(21650, 0, false, 21700)]
    [InlineData(21650, 0, true, 21600)]
    [InlineData(22450, 0, true, 22400)]
    [InlineData(22450, 0, false, 22500)]
    public void Target_strikes_round_half_up_unless_half_even_is_chosen(int spot, int position, bool halfEven, int expected) =>
        Windows.StrikeRule.Target(spot, position, 100, halfEven).ShouldBe(expected);

    [Fact]
    public async Task Lot_size_costs_and_slippage_add_columns_and_change_no_price()
    {
        var result = await CallSellFutureBuy.Weekly().RunAsync(WorkedExample.Market(), new { lot_size = 50, cost_per_leg = 20, slippage_pct = 0.01 });

        Rows(result)[0].ShouldEndWith("net 84.95");
        // Slippage: 0.01 % of 120 + 0.05 + 21850 + 21815 = 4.3785; four orders of 20 rupees; (84.95 − 4.3785…) × 50 − 80.
        result.Column<decimal>("Slippage")[0].ShouldBe(4.38m);
        result.Column<decimal>("Costs")[0].ShouldBe(80m);
        result.Column<decimal>("Net Amount")[0].ShouldBe(3948.57m);
    }

    private static List<string> Rows(StrategyResult result)
    {
        var columns = result.Table.Columns.ToList();
        return [.. result.Table.Rows.Select(r =>
        {
            string Of(string name) => r[columns.IndexOf(name)] is decimal number ? number.ToString("0.##") : (string)r[columns.IndexOf(name)]!;
            return $"{Of("Entry Date")} {Of("Exit Date")} {Of("Future Expiry")} K{Of("Call Strike")} call {Of("Call EntryPrice")}/{Of("Call ExitPrice")}={Of("Call P&L")} "
                + $"fut {Of("Future EntryPrice")}/{Of("Future ExitPrice")}={Of("Future P&L")} net {Of("Net P&L")}";
        })];
    }
}
