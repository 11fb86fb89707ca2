using System.Text.Json;
using Headgate.Desk.Crypto;
using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Crypto.Scheduling;
using Headgate.Desk.Crypto.Signals;
using Headgate.Refresh;
using Headgate.Upstreams.Faults;
using static Headgate.Desk.Tests.Crypto.CryptoWorld;

namespace Headgate.Desk.Tests.Crypto;

public sealed class CryptoDeskTests
{
    private readonly CryptoWorld _world = new();
    private readonly List<CryptoSignal> _signals = [];

    [Fact]
    public void Load_falls_from_41_calls_a_minute_to_26_by_scope_and_to_14_by_one_shared_list() => _world.Run(async () =>
    {
        var scheduled = CryptoRegistry.Shipped.Endpoints.Where(endpoint => endpoint.Row is > 0 and <= 13 or 18).ToList();
        PerMinute(scheduled, _ => 25).ShouldBe(41, 0.5);
        PerMinute(scheduled, endpoint => endpoint.Scope == CryptoScope.Market ? 1 : 25).ShouldBe(26.4, 0.1);

        var desk = New(new CryptoOptions { Tickers = CryptoTickers.Single });
        await desk.StartAsync(default);
        ((double)Planned()).ShouldBe(26.4, 0.2);
        await desk.ReloadAsync(new CryptoOptions(), default);
        ((double)Planned()).ShouldBe(14.4, 0.2);
        _world.Engine.Refresh.Plan().Providers.SelectMany(provider => provider.Watches).ShouldAllBe(watch => watch.StretchPercent == 100);

        static double PerMinute(IEnumerable<CryptoEndpoint> endpoints, Func<CryptoEndpoint, int> symbols) => endpoints.Sum(endpoint => symbols(endpoint) / endpoint.Ttl.TotalMinutes);
    });

    // [X2], [X3].
    [Fact]
    public void Defect_2_the_scheduler_fetches_and_an_hour_of_25_symbols_keeps_to_the_plan_without_refusals_or_anything_critical_older_than_it_may_be() => _world.Run(async () =>
    {
        var options = new CryptoOptions { KingFisher = true };
        var desk = New(options);
        await desk.StartAsync(default);
        var plan = _world.Engine.Refresh.Plan().Providers;
        plan.SelectMany(provider => provider.Watches).ShouldAllBe(watch => watch.StretchPercent == 100);
        await _world.Wait(300);

        var critical = desk.Reader.Registry.Endpoints.Where(endpoint => endpoint.Group == WatchPriority.Critical && endpoint.Name != "ticker").ToList();
        var (before, charts) = (_world.Calls(), _world.KingFisher.Counters.Arrivals);
        for (var moment = 0; moment < 240; moment++)
        {
            await _world.Wait(15);
            var intervals = _world.Engine.Refresh.Status().Watches.ToDictionary(status => status.Watch.Name, status => status.Interval);
            foreach (var (endpoint, symbol) in critical.SelectMany(endpoint => desk.Symbols.Select(symbol => (endpoint, symbol))))
            {
                var value = await desk.Reader.GetAsync(endpoint, symbol, CryptoFreshness.Held, default);
                value.Age.ShouldNotBeNull($"{endpoint.Id} {symbol}");
                value.Age.Value.ShouldBeLessThanOrEqualTo(intervals[CryptoSchedule.NameOf(endpoint, symbol)] * 1.2, $"{endpoint.Id} {symbol} at moment {moment}");
            }

            (await desk.Reader.SharedTickerAsync(Avax, CryptoFreshness.Held, default)).Age!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(144));
        }

        (_world.Calls() - before).ShouldBeLessThanOrEqualTo((long)decimal.Ceiling(plan.Single(provider => provider.Provider == "cryptometer").CallsPerMinute * 60));
        (_world.KingFisher.Counters.Arrivals - charts).ShouldBeLessThanOrEqualTo((long)decimal.Ceiling(plan.Single(provider => provider.Provider == "kingfisher").CallsPerMinute * 60));
        var status = _world.Engine.Refresh.Status();
        status.Watches.ShouldAllBe(watch => watch.Failures == 0 && watch.Problem == null);
        status.Strategy.ShouldBe(RefreshStrategy.Normal);
        _world.Engine.Stats().Sum(endpoint => endpoint.LimitedByUpstream + endpoint.RefusedBy.GetValueOrDefault(RefusalKind.Limited)).ShouldBe(0);
    });

    [Fact]
    public void Trend_indicator_costs_one_call_per_ttl_whatever_the_number_of_symbols() => _world.Run(async () =>
    {
        await New().StartAsync(default);
        await _world.Wait(3_600);
        _world.Calls("trend-indicator-v3").ShouldBeInRange(4, 5);
    });

    [Fact]
    public void Defect_3_what_is_due_follows_from_time_alone() => _world.Run(async () =>
    {
        await New(new CryptoOptions { Symbols = "AVAX" }).StartAsync(default);
        await _world.Wait(3_600);
        var asked = _world.Cryptometer.Counters.Log().Where(arrival => arrival.Route.Endpoint == "ls-ratio").Select(arrival => arrival.At).ToList();
        asked.Count.ShouldBeInRange(12, 13);
        asked.Zip(asked.Skip(1), (one, next) => (next - one).TotalSeconds).ShouldAllBe(seconds => seconds >= 300 && seconds < 303);
    });

    // [X4], [X14].
    [Fact]
    public void Defect_4_use_of_95_percent_leads_to_MINIMAL_within_a_cycle_and_30_percent_for_three_minutes_one_step_back() => _world.Run(async () =>
    {
        var desk = New();
        await desk.StartAsync(default);
        await _world.Wait(600);
        Strategy("cryptometer").ShouldBe(RefreshStrategy.Normal);

        // Clients of the gate use what there is: 57 calls within a minute.
        var minute = _world.Time.TrueNow;
        for (var i = 0; Strategy("cryptometer") != RefreshStrategy.Minimal; i++)
        {
            await desk.Reader.GetAsync(desk.Reader.Registry.Find("ohlcv")!, CryptoSymbol.Parse($"X{i}"), new CryptoFreshness { Urgency = 0 }, default);
            (_world.Time.TrueNow - minute).TotalSeconds.ShouldBeLessThan(70);
        }

        _world.Engine.Refresh.Status().Providers.Single().UsagePercent.ShouldBeGreaterThan(90);
        var tightened = _world.Time.TrueNow;
        while (Strategy("cryptometer") == RefreshStrategy.Minimal)
        {
            await _world.Wait(1);
        }

        Strategy("cryptometer").ShouldBe(RefreshStrategy.Conservative);
        (_world.Time.TrueNow - tightened).TotalSeconds.ShouldBeInRange(180, 260);
        while (Strategy("cryptometer") != RefreshStrategy.Normal)
        {
            (_world.Time.TrueNow - tightened).TotalMinutes.ShouldBeLessThan(30);
            await _world.Wait(1);
        }
    });

    [Fact]
    public void A_429_of_one_provider_leaves_the_other_as_it_was() => _world.Run(async () =>
    {
        await New(new CryptoOptions { KingFisher = true }).StartAsync(default);
        await _world.Wait(300);
        _world.Fail(TwinFault.Limited(TimeSpan.FromSeconds(5)), next: 1);
        await _world.Wait(310);
        Strategy("kingfisher").ShouldBe(RefreshStrategy.Normal);
        _world.Cryptometer.Faults.Rules.ShouldBeEmpty();
        _world.Engine.Refresh.Status().Providers.Single(provider => provider.Provider == "cryptometer").ShouldSatisfyAllConditions(
            provider => provider.Strategy.ShouldBeOneOf(RefreshStrategy.Minimal, RefreshStrategy.Conservative), provider => provider.Since.ShouldNotBe(default));
    });

    [Fact]
    public void A_rapid_movement_of_a_watched_symbol_makes_it_AGGRESSIVE_for_15_minutes_and_a_pin_goes_before() => _world.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var desk = New();
        await desk.StartAsync(default);
        var running = desk.RunAsync(stop.Token);
        while (!_signals.Exists(signal => signal.Kind == "rapid_movement" && signal.At > Start.AddMinutes(20)))
        {
            (_world.Time.TrueNow - Start).TotalHours.ShouldBeLessThan(24);
            await _world.Wait(60);
        }

        // Within a minute in which less than 60 % of the budget is used.
        var seen = _world.Time.TrueNow;
        while (Strategy("cryptometer") != RefreshStrategy.Aggressive)
        {
            (_world.Time.TrueNow - seen).TotalMinutes.ShouldBeLessThan(3);
            await _world.Wait(5);
        }

        await _world.Engine.Refresh.PinAsync(RefreshStrategy.Conservative, "cryptometer", default);
        Strategy("cryptometer").ShouldBe(RefreshStrategy.Conservative);
        await _world.Engine.Refresh.PinAsync(null, "cryptometer", default);

        while (Strategy("cryptometer") == RefreshStrategy.Aggressive)
        {
            await _world.Wait(10);
        }

        (_world.Time.TrueNow - seen).TotalMinutes.ShouldBeGreaterThan(15);
        stop.Cancel();
        await running;
    });

    [Fact]
    public void A_signal_is_told_once_and_only_of_what_is_watched() => _world.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var desk = New();
        await desk.StartAsync(default);
        var running = desk.RunAsync(stop.Token);
        await _world.Wait(12 * 3_600);
        stop.Cancel();
        await running;
        _signals.Select(signal => signal.Kind).Distinct().Order().ShouldBe(["crowded", "position", "rapid_movement"]);
        _signals.Select(signal => signal.Key).ShouldBeUnique();
        _signals.ShouldAllBe(signal => desk.Symbols.Contains(signal.Symbol));
    });

    [Fact]
    public void Symbols_come_and_go_at_run_time_and_stay_as_they_were_left() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await desk.StartAsync(default);
        Watches().ShouldContain("crypto cryptometer.ls_ratio AVAX");
        (await desk.AddAsync(CryptoSymbol.Parse("eth-usdt"), default)).ShouldBeTrue();
        (await desk.AddAsync(CryptoSymbol.Parse("ETH"), default)).ShouldBeFalse();
        (await desk.RemoveAsync(Avax, default)).ShouldBeTrue();
        (await desk.RemoveAsync(Avax, default)).ShouldBeFalse();
        Watches().ShouldContain("crypto cryptometer.ls_ratio ETH");
        Watches().ShouldNotContain(name => name.EndsWith("AVAX", StringComparison.Ordinal));

        var next = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await next.StartAsync(default);
        next.Symbols.Select(symbol => symbol.Name).ShouldBe(["BTC", "ETH"]);
        await next.RemoveAsync(Btc, default);
        await next.RemoveAsync(CryptoSymbol.Parse("ETH"), default);
        Watches().ShouldBeEmpty();
    });

    [Fact]
    public void Settings_are_taken_while_it_runs_and_watches_of_others_are_left_alone() => _world.Run(async () =>
    {
        await _world.Engine.Refresh.AddAsync(new Watch { Name = "mine", Provider = "cryptometer", Target = "/forex-rates/?source=EUR" });
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await desk.StartAsync(default);
        await desk.ReloadAsync(
            new CryptoOptions
            {
                Symbols = "AVAX, BTC",
                Strategy = "minimal",
                Endpoints = new Dictionary<string, CryptoOverride> { ["ls_ratio"] = new() { Ttl = TimeSpan.FromMinutes(2) }, ["open_interest"] = new() { Group = "none" } },
            },
            default);
        var watches = _world.Engine.Refresh.Status().Watches;
        watches.Single(status => status.Watch.Name == "crypto cryptometer.ls_ratio AVAX").Watch.Interval.ShouldBe(TimeSpan.FromMinutes(2));
        watches.ShouldNotContain(status => status.Watch.Name.Contains("open_interest", StringComparison.Ordinal));
        watches.ShouldContain(status => status.Watch.Name == "mine");
        Strategy("cryptometer").ShouldBe(RefreshStrategy.Minimal);

        // What the settings pinned they let go, also over a restart; what a person pinned is left alone.
        await New(new CryptoOptions { Symbols = "AVAX, BTC" }).StartAsync(default);
        Strategy("cryptometer").ShouldBe(RefreshStrategy.Normal);
        await _world.Engine.Refresh.PinAsync(RefreshStrategy.Conservative, "cryptometer");
        await desk.ReloadAsync(new CryptoOptions { Symbols = "AVAX, BTC" }, default);
        Strategy("cryptometer").ShouldBe(RefreshStrategy.Conservative);
    });

    // [X5].
    [Fact]
    public void Defect_5_KingFisher_is_refreshed_by_kind_and_symbol_and_costs_Cryptometer_nothing() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC", KingFisher = true });
        await desk.StartAsync(default);
        await _world.Wait(3_600);
        // Per symbol: two HOT every 5 min, three WARM every 15, one COLD every hour, one FROZEN every six.
        _world.KingFisher.Counters.Arrivals.ShouldBeInRange(2 * (24 + 12 + 1 + 1), 2 * (26 + 15 + 2 + 1));
        (await desk.Reader.GetAsync(desk.Reader.Registry.Find("rsi_heatmap")!, Btc, CryptoFreshness.Held, default)).Status.ShouldNotBe(CryptoStatus.None);
        desk.Statistics().Kingfisher.ActiveSchedules.ShouldBe(14);
        desk.Statistics().Kingfisher.Updates.ShouldBe(_world.KingFisher.Counters.Arrivals);
    });

    [Fact]
    public void Statistics_are_true_counts_and_a_stale_answer_is_no_hit() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX" });
        for (var i = 0; i < 8; i++)
        {
            await _world.Get("ls_ratio");
        }

        _world.Fail(TwinFault.Error(503));
        await _world.Wait(301);
        (await _world.Get("ls_ratio")).Status.ShouldBe(CryptoStatus.Stale);
        var statistics = desk.Statistics().Cryptometer;
        (statistics.TotalHits, statistics.TotalMisses, statistics.TotalRequests, statistics.OverallHitRate, statistics.StaleServed).ShouldBe((7, 2, 9, "77.8%", 1));
        statistics.EndpointStatistics.Keys.ShouldBe(["ls_ratio"]);
        var ratio = statistics.EndpointStatistics["ls_ratio"];
        (ratio.Hits, ratio.Misses, ratio.Updates, ratio.HitRate).ShouldBe((7, 2, 1, "77.8%"));
        statistics.ApiCallsSaved.ShouldBe(9 - _world.Calls());
        statistics.RateLimitBlocks.ShouldBe(0);
    });

    // [X14].
    [Fact]
    public void Defect_14_a_step_of_the_wall_clock_makes_nothing_fresh_stale_or_due() => _world.Run(async () =>
    {
        await New(new CryptoOptions { Symbols = "AVAX" }).StartAsync(default);
        await _world.Wait(650);
        var before = _world.Calls();
        _world.Time.Step(TimeSpan.FromHours(5));
        (await _world.Get("ls_ratio", CryptoFreshness.Held)).ShouldSatisfyAllConditions(value => value.Status.ShouldBe(CryptoStatus.Fresh), value => value.Age!.Value.ShouldBeLessThan(TimeSpan.FromMinutes(5)));
        await _world.Wait(20);
        _world.Calls().ShouldBe(before);
        _world.Time.Step(TimeSpan.FromHours(-10));
        await _world.Wait(580);
        (_world.Calls() - before).ShouldBeInRange(10, 22);
    });

    [Fact]
    public void A_store_that_cannot_be_written_costs_only_the_second_level_and_the_status_shows_it() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX" });
        await desk.StartAsync(default);
        desk.Status().Problem.ShouldBeNull();
        _world.Entries.LastError = "No space left on device";
        await _world.Wait(120);
        (await _world.Get("ls_ratio", CryptoFreshness.Held)).Status.ShouldBe(CryptoStatus.Fresh);
        desk.Status().Problem!.ShouldContain("No space left on device");
    });

    [Fact]
    public void A_signal_goes_out_as_an_alert_once_also_over_a_restart_and_waits_while_it_cannot_be_made_durable() => _world.Run(async () =>
    {
        var alerts = new Alerts();
        using var stop = new CancellationTokenSource();
        var desk = new CryptoDesk(_world.Engine, _world.Door, _world.Records, new CryptoOptions(), _signals.Add, alerts);
        await desk.StartAsync(default);
        alerts.IsFull = true;
        var running = desk.RunAsync(stop.Token);
        await _world.Wait(4 * 3_600);
        _signals.ShouldNotBeEmpty();
        alerts.Raised.ShouldBeEmpty();
        desk.Status().Problem!.ShouldContain("disk full");
        alerts.IsFull = false;
        await _world.Wait(400);
        alerts.Raised.Select(alert => (alert.Monitor, alert.Subject)).ShouldBe(_signals.Select(signal => ("crypto", signal.Symbol.Name)));
        alerts.Raised.Select(alert => alert.Key).ShouldBeUnique();
        desk.Status().Problem.ShouldBeNull();
        stop.Cancel();
        await running;
    });

    [Fact]
    public void A_stopped_desk_leaves_no_watch_behind() => _world.Run(async () =>
    {
        await _world.Engine.Refresh.AddAsync(new Watch { Name = "mine", Provider = "cryptometer", Target = "/forex-rates/?source=EUR" });
        var desk = New();
        await desk.StartAsync(default);
        await desk.StopAsync(default);
        Watches().ShouldBe(["mine"]);
    });

    [Fact]
    public void A_stopped_desk_adds_no_watch_any_more_whatever_is_still_asked_of_it() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await desk.StartAsync(default);
        await desk.StopAsync(default);
        await desk.ReloadAsync(new CryptoOptions(), default);
        await desk.AddAsync(CryptoSymbol.Parse("ETH"), default);
        Watches().ShouldBeEmpty();
    });

    [Fact]
    public void A_symbol_whose_watches_are_refused_is_not_watched_and_the_next_start_goes_well() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await desk.StartAsync(default);
        var before = Watches();
        await FillAsync(RefreshScheduler.WatchesMax - 1);

        (await Refused<WatchException>(desk.AddAsync(CryptoSymbol.Parse("ETH"), default))).ShouldBeTrue();
        desk.Symbols.Select(symbol => symbol.Name).ShouldBe(["AVAX", "BTC"]);
        Watches().Where(name => !name.StartsWith("other", StringComparison.Ordinal)).ShouldBe(before, ignoreOrder: true);
        await New(new CryptoOptions { Symbols = "AVAX, BTC" }).StartAsync(default);
    });

    [Fact]
    public void A_list_of_symbols_that_cannot_be_made_durable_leaves_its_watches_as_they_were_and_may_be_asked_for_again() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await desk.StartAsync(default);
        var before = Watches();
        _world.Records.IsFull = true;
        (await Refused<IOException>(desk.AddAsync(CryptoSymbol.Parse("ETH"), default))).ShouldBeTrue();
        (await Refused<IOException>(desk.RemoveAsync(Btc, default))).ShouldBeTrue();
        Watches().ShouldBe(before, ignoreOrder: true);
        _world.Records.IsFull = false;
        (await desk.AddAsync(CryptoSymbol.Parse("ETH"), default)).ShouldBeTrue();
        Watches().ShouldContain("crypto cryptometer.ls_ratio ETH");
    });

    [Fact]
    public void Asking_again_for_a_watched_symbol_brings_back_a_watch_that_is_missing() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await desk.StartAsync(default);
        await _world.Engine.Refresh.RemoveAsync("crypto cryptometer.ls_ratio BTC", default);
        (await desk.AddAsync(Btc, default)).ShouldBeFalse();
        Watches().ShouldContain("crypto cryptometer.ls_ratio BTC");
        await _world.Engine.Refresh.RemoveAsync("crypto cryptometer.ls_ratio BTC", default);
        (await desk.RemoveAsync(CryptoSymbol.Parse("ETH"), default)).ShouldBeFalse();
        Watches().ShouldContain("crypto cryptometer.ls_ratio BTC");
    });

    [Fact]
    public void Text_that_is_no_Unicode_ends_no_desk() => _world.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        _world.Say("""{"success":"true","error":"false","data":[{"pair":"AVAX-USDT","symbol":"AVAX","market_pair":"AVAXUSDT","side":"\ud800","change_detected":5,"ratio":"\ud800","change_24h":"\ud800","timestamp":"2026-11-20T00:01:00.000Z"},{"pair":"\ud800"}]}""");
        await desk.StartAsync(default);
        var running = desk.RunAsync(stop.Token);
        await _world.Wait(600);
        running.IsCompleted.ShouldBeFalse();
        _signals.ShouldBeEmpty();
        JsonSerializer.Serialize(await desk.SymbolAsync(Avax, default)).ShouldContain("AVAX");
        stop.Cancel();
        await running;
    });

    [Fact]
    public void The_budget_shown_is_the_limit_of_the_longest_window_whatever_else_is_used_up() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX" });
        await desk.StartAsync(default);
        await _world.Get("ls_ratio", new CryptoFreshness { Force = true });
        var budget = desk.Status().ApiBudget["cryptometer"];
        _world.Engine.Budgets().ShouldContain(limit => limit.Provider == "cryptometer" && limit.Window < TimeSpan.FromMinutes(1) && limit.Used == limit.Permits);
        (budget.WindowSeconds, budget.Total).ShouldBe((60m, 60L));
        budget.Used.ShouldBeInRange(1, 59);
    });

    [Fact]
    public void Settings_whose_watches_are_refused_change_neither_watches_nor_pin() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await desk.StartAsync(default);
        await _world.Engine.Refresh.PinAsync(RefreshStrategy.Conservative, "cryptometer");
        await FillAsync(RefreshScheduler.WatchesMax - 3);
        var before = _world.Engine.Refresh.Status().Watches.Select(status => status.Watch).ToList();

        // Watches of one endpoint change before there is no room for those of others.
        var settings = new CryptoOptions { Symbols = "AVAX, BTC", KingFisher = true, Strategy = "minimal", Endpoints = new Dictionary<string, CryptoOverride> { ["ls_ratio"] = new() { Ttl = TimeSpan.FromMinutes(2) } } };
        (await Refused<WatchException>(ReloadAsync(desk, settings))).ShouldBeTrue();

        _world.Engine.Refresh.Status().Watches.Select(status => status.Watch).ShouldBe(before, ignoreOrder: true);
        Strategy("cryptometer").ShouldBe(RefreshStrategy.Conservative);
        desk.Reader.Registry.Find("ls_ratio")!.Ttl.ShouldBe(TimeSpan.FromMinutes(5));
    });

    [Fact]
    public void Settings_whose_pin_cannot_be_made_durable_change_no_watch() => _world.Run(async () =>
    {
        var desk = New(new CryptoOptions { Symbols = "AVAX, BTC" });
        await desk.StartAsync(default);
        var before = Watches();
        _world.Records.IsFull = true;
        (await Refused<IOException>(ReloadAsync(desk, new CryptoOptions { Symbols = "AVAX, BTC", KingFisher = true, Strategy = "minimal" }))).ShouldBeTrue();
        Watches().ShouldBe(before, ignoreOrder: true);
        Strategy("cryptometer").ShouldBe(RefreshStrategy.Normal);
    });

    private static async ValueTask<bool> ReloadAsync(CryptoDesk desk, CryptoOptions options)
    {
        await desk.ReloadAsync(options, default);
        return true;
    }

    private async Task FillAsync(int watches)
    {
        for (var i = Watches().Count; i < watches; i++)
        {
            await _world.Engine.Refresh.AddAsync(new Watch { Name = $"other {i}", Provider = "cryptometer", Target = $"/forex-rates/?source=X{i}", Interval = TimeSpan.FromDays(31) });
        }
    }

    private CryptoDesk New(CryptoOptions? options = null) => new(_world.Engine, _world.Door, _world.Records, options ?? new CryptoOptions(), _signals.Add);

    // Should.ThrowAsync would leave the virtual thread.
    private static async Task<bool> Refused<T>(ValueTask<bool> change)
        where T : Exception
    {
        try
        {
            await change;
            return false;
        }
        catch (T)
        {
            return true;
        }
    }

    private decimal Planned() => _world.Engine.Refresh.Plan().Providers.Single().CallsPerMinute;

    private RefreshStrategy Strategy(string provider) => _world.Engine.Refresh.Status().Providers.Single(known => known.Provider == provider).Strategy;

    private List<string> Watches() => [.. _world.Engine.Refresh.Status().Watches.Select(status => status.Watch.Name)];

    private sealed class Alerts : Headgate.Desk.Alerts.IAlertDesk
    {
        public List<Headgate.Desk.Alerts.Alert> Raised { get; } = [];

        public bool IsFull { get; set; }

        public ValueTask<bool> RaiseAsync(Headgate.Desk.Alerts.Alert alert, CancellationToken cancellation)
        {
            if (IsFull)
            {
                throw new IOException("disk full");
            }

            Raised.Add(alert);
            return new(true);
        }
    }
}
