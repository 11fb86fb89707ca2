using Headgate.Strategies.CallSell;
using Headgate.Strategies.Live;
using Headgate.Strategies.Store;

namespace Headgate.Strategies.Tests.Live;

public sealed class EngineDailySeriesTests
{
    private static readonly DateOnly From = new(2023, 1, 2);
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void Closes_are_the_exchange_s_up_to_the_last_finished_session_and_cost_few_calls()
    {
        var world = new KiteWorld();
        world.Run(async () =>
        {
            var source = new EngineDailySeries(world.Engine, new MemorySeries(), From);

            var days = await source.SpotAsync("NIFTY", default);

            days.Select(day => (day.Date, day.Close)).ShouldBe(world.Printed("NIFTY 50", From, Today.AddDays(-1)));
            days.Count.ShouldBeGreaterThan(900);
            // The dump, 2023 to 2024, 2025 to yesterday.
            world.Calls.Count.ShouldBe(3, string.Join('\n', world.Calls));
            await source.SpotAsync("NIFTY", default);
            await new EngineDailySeries(world.Engine, new MemorySeries(), From).SpotAsync("NIFTY", default);
            world.Calls.Count.ShouldBe(3, string.Join('\n', world.Calls));
            world.Twin.Counters.Violations.ShouldBe(0);
        });
    }

    [Fact]
    public void A_day_s_close_and_a_new_version_appear_together_half_an_hour_after_the_session()
    {
        var world = new KiteWorld();
        world.Run(async () =>
        {
            var source = new EngineDailySeries(world.Engine, new MemorySeries { Version = "v" }, From);
            await source.SpotAsync("NIFTY", default);
            (await source.VersionAsync(default)).ShouldBe("v-kite-2026-11-19");

            await world.Time.Delay(TimeSpan.FromHours(1));

            (await source.VersionAsync(default)).ShouldBe("v-kite-2026-11-20");
            var days = await source.SpotAsync("NIFTY", default);
            (days[^1].Date, days[^1].Close).ShouldBe(world.Printed("NIFTY 50", Today, Today).Single());
        });
    }

    [Fact]
    public void A_strategy_runs_over_live_closes_and_imported_contracts()
    {
        var world = new KiteWorld();
        world.Run(async () =>
        {
            var spot = world.Printed("NIFTY 50", new DateOnly(2026, 9, 1), Today.AddDays(-1)).ToDictionary(day => day.Date, day => day.Close);
            var source = new EngineDailySeries(world.Engine, Contracts(spot), From);

            var result = await CallSellFutureBuy.Weekly().RunAsync(source, new { filter = "none" });

            result.Table.Rows.Count.ShouldBe(2);
            result.Column<decimal>("Entry Spot").ShouldBe([spot[new(2026, 10, 6)], spot[new(2026, 10, 13)]]);
            result.Column<decimal>("Exit Spot").ShouldBe([spot[new(2026, 10, 13)], spot[new(2026, 10, 20)]]);
        });
    }

    [Fact]
    public void A_symbol_Kite_does_not_list_comes_from_the_inner_source()
    {
        var world = new KiteWorld();
        world.Run(async () =>
        {
            var inner = new MemorySeries { Symbol = "SENSEX" };
            inner.Spot(From, 60_000);

            (await new EngineDailySeries(world.Engine, inner, From).SpotAsync("SENSEX", default)).Single().Close.ShouldBe(60_000);
        });
    }

    [Fact]
    public void A_refused_credential_is_an_error_and_a_spent_limit_may_pass_by_itself()
    {
        var strange = new KiteWorld("demo:wrong");
        strange.Run(async () =>
        {
            var source = new EngineDailySeries(strange.Engine, new MemorySeries(), From);
            var error = await ErrorOf(source);
            error.ShouldBeOfType<InvalidDataException>();
            error.Message.ShouldStartWith("kite answered 403");
            error.Message.ShouldNotContain("wrong");
        });

        var closed = new KiteWorld();
        closed.Run(async () =>
        {
            closed.Twin.Faults.Script("instruments", Upstreams.Faults.TwinFault.Limited(TimeSpan.FromMinutes(10)));
            var source = new EngineDailySeries(closed.Engine, new MemorySeries(), From);
            (await ErrorOf(source)).ShouldBeOfType<TransientStrategyException>();
            (await ErrorOf(source)).ShouldBeOfType<TransientStrategyException>();
            closed.Calls.Count.ShouldBe(1, "a closed limit is not tried");
        });
    }

    // Shouldly's own would go on on another thread, which virtual time does not allow.
    private static async Task<Exception> ErrorOf(EngineDailySeries source)
    {
        try
        {
            await source.SpotAsync("NIFTY", default);
        }
        catch (Exception error)
        {
            return error;
        }

        throw new ShouldAssertException("no error");
    }

    // Two weeks of October: a call at the money and the month's future.
    private static MemorySeries Contracts(Dictionary<DateOnly, decimal> spot)
    {
        var inner = new MemorySeries();
        DateOnly[] expiries = [new(2026, 10, 6), new(2026, 10, 13), new(2026, 10, 20)];
        DateOnly month = new(2026, 10, 27);
        for (var i = 0; i < 2; i++)
        {
            inner.Weekly.Add(new ExpiryRow(expiries[i], expiries[i + 1], null));
            var strike = Math.Round(spot[expiries[i]] / 100, MidpointRounding.AwayFromZero) * 100;
            inner.Option(expiries[i], OptionRight.Call, expiries[i + 1], strike, 150m);
            inner.Option(expiries[i + 1], OptionRight.Call, expiries[i + 1], strike, 1m);
        }

        foreach (var day in expiries)
        {
            inner.Future(day, month, spot[day] + 50);
        }

        inner.Monthly.AddRange([new(null, month, new(2026, 11, 24)), new(month, new(2026, 11, 24), null)]);
        return inner;
    }
}
