using Headgate.Testing;
using Headgate.Strategies.CallSell;
using Headgate.Strategies.MultiLeg;
using Headgate.Strategies.Runs;
using Headgate.Strategies.Store;

namespace Headgate.Strategies.Tests.Strategies;

/// <summary>Declarative strategies carry what the shipped classes do, and more.</summary>
public sealed class MultiLegTests
{
    private const string Pair = """
        legs:
          - { name: Call, instrument: call, side: sell, otm_percent: $call_sell_position }
          - { name: Future, instrument: future, side: buy }
        parameters:
          - { name: call_sell_position, default: 0, min: -50, max: 50 }
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_shipped_pair_as_a_definition_gives_the_same_trades(int daysBefore)
    {
        var definition = MultiLegReader.Read("pair.yaml", $"name: pair\ndays_before: {daysBefore}\n{Pair}");
        var shipped = daysBefore switch { 0 => CallSellFutureBuy.Weekly(), 1 => CallSellFutureBuy.T1(), _ => CallSellFutureBuy.T2() };
        for (var seed = 300; seed < 320; seed++)
        {
            var market = RandomMarket.Create(seed);
            var parameters = new { spot_adjustment_type = seed % 4, spot_adjustment = 1.5, call_sell_position = (seed % 3) - 1 };

            var declared = await definition.RunAsync(market, parameters);
            var built = await shipped.RunAsync(market, parameters);

            foreach (var column in new[] { "Entry Spot", "Exit Spot", "Call Strike", "Call EntryPrice", "Call ExitPrice", "Call P&L", "Future EntryPrice", "Future ExitPrice", "Future P&L", "Net P&L" })
            {
                declared.Column<decimal>(column).ShouldBe(built.Column<decimal>(column), $"seed {seed} {column}");
            }
        }
    }

    [Fact]
    public void Whatever_is_wrong_with_a_definition_it_is_refused_by_its_file()
    {
        var mutator = new DocumentMutator(20261201);
        var shipped = Directory.GetFiles(Repository.Path("src", "Headgate.Strategies", "Strategies", "Definitions")).Select(File.ReadAllText).ToList();
        var refused = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var text = mutator.Next(shipped);
            Should.NotThrow(
                () =>
                {
                    try
                    {
                        MultiLegReader.Read("mine.yaml", text);
                    }
                    catch (InvalidDataException said)
                    {
                        said.Message.ShouldStartWith("mine.yaml:");
                        refused++;
                    }
                },
                text);
        }

        refused.ShouldBeInRange(200, 1_999);
        Should.Throw<InvalidDataException>(() => MultiLegReader.Read("mine.yaml", "legs: " + new string('[', 200_000))).Message.ShouldBe("mine.yaml:1: nested more than 8 deep");
    }

    [Fact]
    public async Task Put_sell_future_sell_mirrors_strikes_and_signs()
    {
        var market = WorkedExample.Market();
        Put(market, "01-11", 21700, ("01-04", 150m), ("01-11", 55m));
        Put(market, "01-18", 21600, ("01-11", 140m), ("01-18", 140m));

        var result = await Shipped("put_sell_future_sell_weekly").RunAsync(market);

        result.Column<decimal>("Put Strike").ShouldBe([21700, 21600]);
        result.Column<decimal>("Put P&L").ShouldBe([95.00m, 0.00m]);
        result.Column<decimal>("Future P&L").ShouldBe([35.00m, 200.00m]);
        result.Column<decimal>("Net P&L").ShouldBe([130.00m, 200.00m]);
    }

    [Fact]
    public async Task A_strangle_sells_a_call_above_and_a_put_below()
    {
        var market = WorkedExample.Market(secondRowOnly: true);
        Put(market, "01-18", 21400, ("01-11", 60m), ("01-18", 20m));
        Put(market, "01-18", 21300, ("01-11", 40m), ("01-18", 0.05m));
        market.Option(WorkedExample.Day("01-18"), OptionRight.Call, WorkedExample.Day("01-18"), 21900, 0.05m);

        // Spot 21645: 1 % out of the money is 21861.45 → 21900 for the call and 21428.55 → 21400 for the put.
        var result = await Shipped("strangle_sell_weekly").RunAsync(market);

        result.Column<decimal>("Call Strike").ShouldBe([21900]);
        result.Column<decimal>("Put Strike").ShouldBe([21400]);
        result.Column<decimal>("Net P&L").ShouldBe([70m - 0.05m + 40m]);
    }

    [Fact]
    public async Task A_put_looks_downwards_when_its_strike_was_not_traded()
    {
        var market = WorkedExample.Market(secondRowOnly: true);
        market.Option(WorkedExample.Day("01-11"), OptionRight.Put, WorkedExample.Day("01-18"), 21600, 90m, turnover: 0);
        Put(market, "01-18", 21500, ("01-11", 75m), ("01-18", 50m));

        (await Shipped("put_sell_future_sell_weekly").RunAsync(market)).Column<decimal>("Put Strike").ShouldBe([21500]);
    }

    [Fact]
    public async Task Monthly_windows_run_from_monthly_expiry_to_monthly_expiry()
    {
        var market = new MemorySeries();
        foreach (var (day, spot, january, february) in new[] { ("01-24", 21000m, 21010m, 21100m), ("01-25", 21100m, 21100m, 21200m), ("02-28", 21500m, 0m, 21520m), ("02-29", 21600m, 0m, 21600m) })
        {
            market.Spot(WorkedExample.Day(day), spot);
            market.Future(WorkedExample.Day(day), WorkedExample.Day("02-29"), february);
            market.Option(WorkedExample.Day(day), OptionRight.Call, WorkedExample.Day("02-29"), 21100, Math.Max(1, spot - 21000));
            if (january > 0)
            {
                market.Future(WorkedExample.Day(day), WorkedExample.Day("01-25"), january);
            }
        }

        market.Ranges.Add(new DateRange(WorkedExample.Day("01-01"), WorkedExample.Day("03-31")));
        market.Weekly.Add(new ExpiryRow(WorkedExample.Day("01-25"), WorkedExample.Day("02-01"), null));
        market.Monthly.AddRange([new(null, WorkedExample.Day("01-25"), null), new(WorkedExample.Day("01-25"), WorkedExample.Day("02-29"), null)]);

        var result = await Shipped("call_sell_future_buy_monthly").RunAsync(market);

        result.Column<string>("Entry Date").ShouldBe(["2024-01-25"]);
        result.Column<string>("Exit Date").ShouldBe(["2024-02-29"]);
        result.Column<decimal>("Net P&L").ShouldBe([100m - 600m + 400m]);
        // T-1's first row starts at the old expiry and ends a day before the new one.
        var shifted = await Shipped("call_sell_future_buy_monthly_t1").RunAsync(market);
        shifted.Column<string>("Exit Date").ShouldBe(["2024-02-28"]);
    }

    [Fact]
    public async Task Offsets_premium_strikes_quantities_and_outside_ranges_work()
    {
        var market = WorkedExample.Market();
        market.Ranges[0] = new DateRange(WorkedExample.Day("01-01"), WorkedExample.Day("01-10"));
        var strategy = MultiLegReader.Read("x.yaml", """
            name: protected
            ranges: outside
            re_entry: none
            base_start_rule: false
            legs:
              - { name: Call, instrument: call, side: buy, quantity: 2, premium_percent: 0.32, exit_offset: 0 }
              - { name: Future, instrument: future, side: sell, entry_offset: 1, exit_offset: 1 }
            """);

        var result = await strategy.RunAsync(market);

        // 01-11 → 01-18; 0.32 % of 21645 is 69.26: the 21900 call at 70 has no exit row, so the interval is skipped with its reason.
        result.Table.Rows.ShouldBeEmpty();
        result.Skipped.ShouldContain(s => s.Reason.StartsWith("Call: exit missing for OPTIDX 2024-01-18 21900 CE", StringComparison.Ordinal));
        market.Option(WorkedExample.Day("01-18"), OptionRight.Call, WorkedExample.Day("01-18"), 21900, 0.05m);
        result = await strategy.RunAsync(market);
        result.Column<decimal>("Call P&L").ShouldBe([2 * (0.05m - 70m)]);
        result.Column<string>("Future Entry Date").ShouldBe(["2024-01-12"]);
        result.Column<string>("Future Exit Date").ShouldBe(["2024-01-17"]);
        result.Column<decimal>("Future P&L").ShouldBe([21940m - 21600m]);
        // Analytics find the quantity again: the call expires at 0 instead of 0.05.
        Headgate.Strategies.Analytics.TradeAnalytics.Of(ResultJson.Table(ResultJson.Data(result.Table)), result.Legs).Rows[0].NetPnl
            .ShouldBe((2 * -70m) + 340m);
    }

    private static IStrategy Shipped(string name) => StrategyRegistry.Load().Find(name).ShouldNotBeNull();

    private static void Put(MemorySeries market, string expiry, decimal strike, params (string Day, decimal Close)[] closes)
    {
        foreach (var (day, close) in closes)
        {
            market.Option(WorkedExample.Day(day), OptionRight.Put, WorkedExample.Day(expiry), strike, close);
        }
    }
}
