using System.Text.Json;
using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Faults;
using static Headgate.Desk.Tests.Crypto.CryptoWorld;

namespace Headgate.Desk.Tests.Crypto;

public sealed class CryptoReaderTests
{
    private static readonly IReadOnlyList<CryptoSymbol> Fleet = [.. new Headgate.Desk.Crypto.CryptoOptions().SymbolList()];

    private readonly CryptoWorld _world = new();

    [Fact]
    public void A_value_tells_what_it_is_worth_its_age_and_where_it_came_from() => _world.Run(async () =>
    {
        var first = await _world.Get("ls_ratio");
        (first.Endpoint, first.Symbol, first.Status, first.Source, first.Reason, first.IsEmpty).ShouldBe(("cryptometer.ls_ratio", "AVAX", CryptoStatus.Fresh, "upstream", null, false));
        first.Data!.Value.GetArrayLength().ShouldBe(30);
        await _world.Wait(100);
        var second = await _world.Get("ls_ratio");
        (second.Status, second.Source).ShouldBe((CryptoStatus.Fresh, "held"));
        second.Age!.Value.TotalSeconds.ShouldBe(100, 0.1);
        _world.Calls().ShouldBe(1);
    });

    [Fact]
    public void A_market_wide_answer_is_asked_once_for_25_symbols_and_once_per_ttl() => _world.Run(async () =>
    {
        foreach (var symbol in Fleet)
        {
            (await _world.Get("trend_indicator_v3", symbol: symbol)).Symbol.ShouldBe("*");
        }

        _world.Calls("trend-indicator-v3").ShouldBe(1);
        await _world.Wait(901);
        foreach (var symbol in Fleet)
        {
            await _world.Get("trend_indicator_v3", symbol: symbol);
        }

        _world.Calls("trend-indicator-v3").ShouldBe(2);
    });

    [Fact]
    public void Defect_6_parts_of_market_wide_answers_are_computed_from_the_one_shared_value() => _world.Run(async () =>
    {
        var pro = CryptoRegistry.Shipped.Find("tickerlist_pro")!;
        foreach (var symbol in Fleet)
        {
            var part = await _world.Reader.PartAsync(pro, symbol, new CryptoFreshness(), default);
            (part.Symbol, part.Status, part.Source).ShouldBe((symbol.Name, CryptoStatus.Fresh, "cryptometer.tickerlist_pro"));
            part.Data!.Value.EnumerateArray().Single().GetProperty("market_pair").GetString().ShouldBe(symbol.Pair);
        }

        _world.Calls().ShouldBe(1);
        var missing = await _world.Reader.PartAsync(pro, CryptoSymbol.Parse("UNLISTED"), new CryptoFreshness(), default);
        (missing.Status, missing.Data, missing.IsEmpty).ShouldBe((CryptoStatus.Fresh, null, true));
    });

    [Fact]
    public void A_shared_ticker_is_as_fresh_as_one_of_its_own_would_be() => _world.Run(async () =>
    {
        foreach (var symbol in Fleet)
        {
            var ticker = await _world.Reader.SharedTickerAsync(symbol, new CryptoFreshness(), default);
            (ticker.Endpoint, ticker.Symbol, ticker.Status, ticker.Source).ShouldBe(("cryptometer.ticker", symbol.Name, CryptoStatus.Fresh, "cryptometer.tickerlist"));
        }

        await _world.Wait(119);
        await _world.Reader.SharedTickerAsync(Avax, new CryptoFreshness(), default);
        _world.Calls("tickerlist").ShouldBe(1);
        await _world.Wait(2);
        (await _world.Reader.SharedTickerAsync(Avax, new CryptoFreshness(), default)).Age!.Value.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        _world.Calls("tickerlist").ShouldBe(2);
        _world.Calls("ticker").ShouldBe(0);
    });

    // [X1] and acceptance: the look-up before the fallback deletes nothing.
    [Fact]
    public void Defect_1_an_expired_entry_stands_in_when_the_limiter_refuses_and_never_beyond_its_ceiling() => _world.Run(async () =>
    {
        await _world.Get("ls_ratio");
        await _world.Wait(400);
        _world.Fail(TwinFault.Limited(TimeSpan.FromHours(3)), next: 1);
        await _world.Get("trend_indicator_v3", symbol: Btc);
        var stale = await _world.Get("ls_ratio", new CryptoFreshness { Deadline = TimeSpan.FromSeconds(2) });
        (stale.Status, stale.Reason).ShouldBe((CryptoStatus.Stale, "limit"));
        stale.Age!.Value.TotalSeconds.ShouldBeInRange(400, 410);
        stale.Data.ShouldNotBeNull();
        var refused = await _world.Get("ls_ratio", new CryptoFreshness { AcceptStale = false, Deadline = TimeSpan.FromSeconds(2) });
        (refused.Status, refused.Data).ShouldBe((CryptoStatus.None, null));
        refused.RetryAt.ShouldNotBeNull();

        await _world.Wait(3_601 - 400);
        (await _world.Get("ls_ratio", new CryptoFreshness { Deadline = TimeSpan.FromSeconds(2) })).Status.ShouldBe(CryptoStatus.None);
    });

    [Theory]
    [InlineData("ticker", 15)]
    [InlineData("open_interest", 60)]
    [InlineData("trend_indicator_v3", 360)]
    [InlineData("forex_rates", 1440)]
    public void Stale_values_are_bounded_by_the_priority_of_their_endpoint(string endpoint, int minutes) => _world.Run(async () =>
    {
        await _world.Get(endpoint);
        _world.Fail(TwinFault.Error(503));
        await _world.Wait((minutes * 60) - 30);
        var stale = await _world.Get(endpoint);
        (stale.Status, stale.Reason is "upstream-error" or "breaker").ShouldBe((CryptoStatus.Stale, true));
        (await _world.Get(endpoint, CryptoFreshness.Held)).Status.ShouldBe(CryptoStatus.Stale);
        await _world.Wait(60);
        (await _world.Get(endpoint)).Status.ShouldBe(CryptoStatus.None);
        (await _world.Get(endpoint, CryptoFreshness.Held)).Status.ShouldBe(CryptoStatus.None);
    });

    [Fact]
    public void A_row_with_text_that_is_no_Unicode_is_left_out_and_spoils_no_other() => _world.Run(async () =>
    {
        _world.Say("""{"success":"true","error":"false","data":[{"pair":"\ud800-USDT","side":"PUMP"},{"pair":"BTC-USDT","side":"\udc00"},{"pair":"AVAX-USDT","side":"PUMP"}]}""");
        var endpoint = CryptoRegistry.Shipped.Find("rapid_movements")!;
        var value = await _world.Reader.GetAsync(endpoint, Avax, new CryptoFreshness(), default);
        (value.Status, value.IsEmpty).ShouldBe((CryptoStatus.Fresh, false));
        JsonSerializer.Serialize(value.Data).ShouldBe("""[{"pair":"AVAX-USDT","side":"PUMP"}]""");
        JsonSerializer.Serialize((await _world.Reader.PartAsync(endpoint, Avax, new CryptoFreshness(), default)).Data).ShouldBe("""[{"pair":"AVAX-USDT","side":"PUMP"}]""");
        (await _world.Reader.PartAsync(endpoint, Btc, new CryptoFreshness(), default)).Data.ShouldBeNull();
    });

    [Theory]
    [InlineData("""{"success":"true","error":"false","data":[{"pair":"\ud800"}]}""")]
    [InlineData("""{"success":"true","error":"false","data":{"AVAX":"\ud800"}}""")]
    [InlineData("""{"succes\ud800":"true","data":[]}""")]
    [InlineData("""{"success":"\ud800","error":"false","data":[]}""")]
    public void An_answer_whose_text_is_no_Unicode_is_none_and_says_so(string body) => _world.Run(async () =>
    {
        _world.Say(body);
        var value = await _world.Get("ls_ratio");
        (value.Status, value.Data).ShouldBe((CryptoStatus.None, null));
        value.Reason.ShouldNotBeNull();
    });

    [Fact]
    public void A_success_of_false_with_status_200_is_an_error_that_is_not_kept() => _world.Run(async () =>
    {
        _world.Say("""{"success":"false","error":"internal trouble"}""");
        var failed = await _world.Get("trend_indicator_v3");
        (failed.Status, failed.Data).ShouldBe((CryptoStatus.None, null));
        failed.Reason!.ShouldNotBeEmpty();
        _world.Cryptometer.Faults.Clear();
        await _world.Wait(60);
        (await _world.Get("trend_indicator_v3")).Status.ShouldBe(CryptoStatus.Fresh);

        _world.Say("""{"success":"false","error":"internal trouble"}""");
        await _world.Wait(901);
        (await _world.Get("trend_indicator_v3")).ShouldSatisfyAllConditions(
            value => value.Status.ShouldBe(CryptoStatus.Stale), value => value.Reason.ShouldBe("upstream-error"), value => value.Data.ShouldNotBeNull());
    });

    [Fact]
    public void Defect_13_what_is_empty_is_a_value_and_not_asked_again_before_its_time() => _world.Run(async () =>
    {
        _world.Say("""{"success":"true","error":"false","data":[]}""", next: 1);
        for (var i = 0; i < 5; i++)
        {
            var empty = await _world.Get("large_trades_activity");
            (empty.Status, empty.IsEmpty, empty.Data!.Value.GetArrayLength()).ShouldBe((CryptoStatus.Fresh, true, 0));
        }

        _world.Calls().ShouldBe(1);
        for (var i = 0; i < 5; i++)
        {
            // "No Data": nothing to tell, kept for a minute.
            var nothing = await _world.Get("liquidation_data_v2", symbol: CryptoSymbol.Parse("NOSUCH"));
            (nothing.Status, nothing.IsEmpty, nothing.Data, nothing.Reason).ShouldBe((CryptoStatus.Fresh, true, null, null));
        }

        _world.Calls().ShouldBe(2);
    });

    [Fact]
    public void A_forced_read_asks_and_falls_back_on_what_is_held() => _world.Run(async () =>
    {
        await _world.Get("ls_ratio");
        await _world.Wait(10);
        (await _world.Get("ls_ratio", new CryptoFreshness { Force = true })).Source.ShouldBe("upstream");
        _world.Calls().ShouldBe(2);
        _world.Fail(TwinFault.Error(503));
        await _world.Wait(10);
        var held = await _world.Get("ls_ratio", new CryptoFreshness { Force = true });
        (held.Status, held.Source).ShouldBe((CryptoStatus.Stale, "held"));
        held.Reason!.ShouldNotBeEmpty();
        (await _world.Get("ls_ratio", new CryptoFreshness { Force = true, AcceptStale = false })).Status.ShouldBe(CryptoStatus.None);
    });

    [Fact]
    public void Offline_calls_nobody() => _world.Run(async () =>
    {
        (await _world.Get("ls_ratio", CryptoFreshness.Held)).ShouldSatisfyAllConditions(value => value.Status.ShouldBe(CryptoStatus.None), value => value.Reason.ShouldNotBeNull());
        await _world.Get("ls_ratio");
        await _world.Wait(299);
        (await _world.Get("ls_ratio", CryptoFreshness.Held)).Status.ShouldBe(CryptoStatus.Fresh);
        await _world.Wait(2);
        (await _world.Get("ls_ratio", CryptoFreshness.Held)).Status.ShouldBe(CryptoStatus.Stale);
        _world.Calls().ShouldBe(1);
    });

    [Fact]
    public void A_stricter_age_than_the_registry_is_kept_to() => _world.Run(async () =>
    {
        await _world.Get("ls_ratio");
        await _world.Wait(31);
        (await _world.Get("ls_ratio", new CryptoFreshness { MaxAge = TimeSpan.FromSeconds(30) })).Source.ShouldBe("upstream");
    });

    // [X12] and [X15].
    [Fact]
    public void Defect_12_a_batch_fetches_what_is_missing_in_order_of_priority_within_its_wait_and_two_at_once_share() => _world.Run(async () =>
    {
        var registry = CryptoRegistry.Shipped;
        IReadOnlyList<CryptoEndpoint> endpoints = [registry.Find("forex_rates")!, registry.Find("ai_screener_analysis")!, registry.Find("open_interest")!, registry.Find("rapid_movements")!];
        await _world.Get("open_interest");
        var one = _world.Reader.UpdateAsync([Avax, Btc], endpoints, TimeSpan.FromSeconds(30), default).AsTask();
        var other = await _world.Reader.UpdateAsync([Avax, Btc], endpoints, TimeSpan.FromSeconds(30), default);
        var values = await one;
        values.Select(value => $"{value.Endpoint} {value.Symbol}").ShouldBe(
        [
            "cryptometer.rapid_movements *", "cryptometer.open_interest AVAX", "cryptometer.open_interest BTC", "cryptometer.ai_screener_analysis AVAX", "cryptometer.ai_screener_analysis BTC",
            "cryptometer.forex_rates *",
        ]);
        values.Concat(other).ShouldAllBe(value => value.Status == CryptoStatus.Fresh);
        _world.Cryptometer.Counters.Log().Skip(1).Select(arrival => arrival.Request.RawTarget.Split('/')[1]).ShouldBe(["rapid-movements", "open-interest", "ai-screener-analysis", "ai-screener-analysis", "forex-rates"]);
        _world.Stats("cryptometer.open-interest").FreshHits.ShouldBe(2);
    });

    [Fact]
    public void A_batch_that_the_budget_cannot_carry_within_its_wait_says_so_and_ends() => _world.Run(async () =>
    {
        var values = await _world.Reader.UpdateAsync(Fleet, [CryptoRegistry.Shipped.Find("ls_ratio")!], TimeSpan.FromSeconds(5), default);
        values.Count.ShouldBe(25);
        values.Count(value => value.Status == CryptoStatus.Fresh).ShouldBeInRange(4, 6);
        values.Where(value => value.Status == CryptoStatus.None).ShouldAllBe(value => value.Reason!.Length > 0);
        _world.Time.Elapsed.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(6).Ticks);
    });

    [Fact]
    public void Defect_15_concurrent_misses_are_one_call() => _world.Run(async () =>
    {
        var reads = Enumerable.Range(0, 25).Select(_ => _world.Get("ls_ratio").AsTask()).ToList();
        foreach (var read in reads)
        {
            (await read).Status.ShouldBe(CryptoStatus.Fresh);
        }

        _world.Calls().ShouldBe(1);
    });

    // [X10].
    [Fact]
    public void Defect_10_clearing_BTC_clears_all_of_BTC_and_nothing_of_BTCST() => _world.Run(async () =>
    {
        var btcst = CryptoSymbol.Parse("BTCST");
        var eraser = new CryptoEraser(_world.Engine, CryptoRegistry.Shipped);
        foreach (var symbol in (CryptoSymbol[])[Btc, btcst])
        {
            await _world.Get("ls_ratio", symbol: symbol);
            await _world.Get("open_interest", symbol: symbol);
            await _world.Get("kingfisher.rsi_heatmap", symbol: symbol);
            await _world.Get("kingfisher.liq_heatmap", symbol: symbol);
        }

        await _world.Get("rapid_movements");
        (await eraser.RemoveAsync(Btc, null, [], default)).ShouldBe(4);
        (await Held(Btc)).ShouldBe([false, false, false, false, true]);
        (await Held(btcst)).ShouldBe([true, true, true, true, true]);
        (await eraser.RemoveAsync(null, CryptoRegistry.Shipped.Find("rsi_heatmap"), [Btc, btcst], default)).ShouldBe(1);
        (await Held(btcst)).ShouldBe([true, true, false, true, true]);
        (await eraser.RemoveAsync(btcst, CryptoRegistry.Shipped.Find("ls_ratio"), [], default)).ShouldBe(1);
        (await eraser.RemoveAsync(null, CryptoRegistry.Shipped.Find("rapid_movements"), [], default)).ShouldBe(1);
        (await Held(btcst)).ShouldBe([false, true, false, true, false]);
        (await eraser.RemoveAsync(null, null, [btcst], default)).ShouldBe(2);

        async Task<List<bool>> Held(CryptoSymbol symbol)
        {
            List<bool> held = [];
            foreach (var endpoint in (string[])["ls_ratio", "open_interest", "kingfisher.rsi_heatmap", "kingfisher.liq_heatmap", "rapid_movements"])
            {
                held.Add((await _world.Get(endpoint, CryptoFreshness.Held, symbol)).Status != CryptoStatus.None);
            }

            return held;
        }
    });

    [Fact]
    public void Defect_11_names_that_once_collided_are_kept_apart_and_nothing_executable_is_stored() => _world.Run(async () =>
    {
        // "ls:ratio" and "ls_ratio" shared a file; here a key is endpoint and target, and a body is bytes.
        await _world.Get("kingfisher.rapid_movements");
        await _world.Get("rapid_movements");
        var keys = (await _world.Engine.ListEntriesAsync(new Headgate.Caching.EntryFilter(), default)).Select(entry => entry.Key.ToString()).ToList();
        keys.Count.ShouldBe(2);
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    });

    // [X16].
    [Fact]
    public void Defect_16_no_credential_is_in_a_key_a_listing_or_a_value() => _world.Run(async () =>
    {
        await _world.Get("ls_ratio");
        await _world.Get("account_info");
        foreach (var entry in await _world.Engine.ListEntriesAsync(new Headgate.Caching.EntryFilter(), default))
        {
            entry.Key.ToString().ShouldNotContain("demo");
            entry.Key.ToString().ShouldNotContain("api_key");
        }

        _world.Cryptometer.Counters.Log()[0].Request.RawTarget.ShouldContain("api_key=demo");
    });
}
