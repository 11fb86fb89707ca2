using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Headgate.Desk.Days;
using Headgate.Desk.Fleet;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Storage.Sqlite;
using Headgate.Upstreams.CoinbaseAdvanced;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Providers;

namespace Headgate.EndToEnd.Tests;

/// <summary>The bot fleet as its users run it: inside a gate, or as a process of its own; against an exchange on a socket that would take orders if any came.</summary>
public sealed class FleetTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_gate_with_a_fleet_shows_it_over_http_and_switches_a_bots_mode()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, ["--demo", "--desk", "fleet"]);
        await gate.Process.UntilLineAsync("fleet: 25 bots in", Patience);

        var fleet = (await gate.AskAsync("/api/v1/desk/fleet")).Json;
        fleet.GetProperty("running").GetBoolean().ShouldBeTrue();
        fleet.GetProperty("problem").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null, fleet.ToString());
        var bots = fleet.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("bots").EnumerateArray()).ToList();
        bots.Count.ShouldBe(25);
        bots.ShouldAllBe(bot => bot.GetProperty("reason").GetString()!.Length > 0 && bot.GetProperty("dataAgeSeconds").GetDecimal() < 90);
        var words = fleet.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("signal").GetString()!).ToList();
        words.ShouldBe(words.OrderBy(word => Array.IndexOf(["buy", "sell", "hold"], word)));

        var before = (await gate.AskAsync("/api/v1/desk/fleet/statistics")).Json;
        before.GetProperty("calls").GetInt64().ShouldBe(27, before.ToString());
        before.GetProperty("endpoints").EnumerateArray().ShouldAllBe(row => row.GetProperty("limited").GetInt64() == 0 && row.GetProperty("breaker").GetString() == "closed");
        before.GetProperty("budgets").GetArrayLength().ShouldBeGreaterThan(0);
        for (var i = 0; i < 20; i++)
        {
            await gate.AskAsync("/api/v1/desk/fleet");
        }

        (await gate.AskAsync("/api/v1/desk/fleet/statistics")).Json.GetProperty("calls").GetInt64().ShouldBe(27, "looking at the fleet asks nobody");

        (await ModeAsync(gate, "BTC-USD", "shadow")).ShouldBe(HttpStatusCode.OK);
        (await ModeAsync(gate, "BTC-USD", "half")).ShouldBe(HttpStatusCode.BadRequest);
        (await ModeAsync(gate, "BTC-USD", "on, bypass")).ShouldBe(HttpStatusCode.BadRequest);
        var kite = await gate.AskAsync("/kite/quote?i=NSE:INFY");
        kite.Status.ShouldBe(HttpStatusCode.OK, "a demo leads to the emulated Kite Connect, whatever else runs in it");
        (await ModeAsync(gate, "NO-USD", "shadow")).ShouldBe(HttpStatusCode.NotFound);
        using var foreign = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/desk/fleet/bots/BTC-USD") { Content = JsonContent.Create(new { mode = "on" }), Headers = { { "Origin", "http://elsewhere.example" } } };
        (await gate.Http.SendAsync(foreign)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var shown = await gate.RunAsync("desk", "fleet");
        shown.ExitCode.ShouldBe(0, shown.ToString());
        shown.Output.ShouldContain("shadow");
        (await gate.RunAsync("desk", "fleet", "statistics")).Output.ShouldContain("coinbase-advanced.market-candles");
        (await gate.JsonOfAsync("desk", "fleet", "mode", "BTC-USD", "unset")).ToString().ShouldNotContain("shadow");
        (await gate.AskAsync("/openapi/v1.json")).Json.GetProperty("paths").TryGetProperty("/api/v1/desk/fleet/bots/{pair}", out _).ShouldBeTrue();
        (await gate.TerminateAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Systems_of_the_desk_run_side_by_side_in_one_gate()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(
            data.Path, ["--demo", "--desk", "kite", "--desk", "fleet"], new Dictionary<string, string?>(StringComparer.Ordinal) { ["HEADGATE_DESK__UNIVERSE"] = null, ["HEADGATE_DESK__FLEET__PAIRS"] = "BTC-USD,ETH-USD" });
        await gate.Process.UntilLineAsync("fleet: 2 bots in", Patience);
        await gate.Process.UntilLineAsync("10:0", Patience);

        (await gate.AskAsync("/api/v1/desk/monitors")).Json.GetProperty("running").GetBoolean().ShouldBeTrue();
        (await gate.AskAsync("/api/v1/desk/fleet")).Json.GetProperty("running").GetBoolean().ShouldBeTrue();
        var providers = (await gate.AskAsync("/api/v1/gate/stats")).Body;
        providers.ShouldContain("kite.quote");
        providers.ShouldContain("coinbase-advanced.market-products");
        (await gate.TerminateAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_gate_without_a_fleet_says_so()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, ["--offline"]);

        (await gate.AskAsync("/api/v1/desk/fleet")).Json.GetProperty("running").GetBoolean().ShouldBeFalse();
        (await gate.AskAsync("/api/v1/desk/fleet/statistics")).Status.ShouldBe(HttpStatusCode.NotFound);
        var shown = await gate.RunAsync("desk", "fleet");
        shown.ExitCode.ShouldBe(1, shown.ToString());
        shown.Output.ShouldContain("headgate serve --desk fleet");
    }

    [Fact]
    public async Task Orders_of_a_fleet_on_the_real_market_are_filled_on_paper_and_never_reach_the_exchange()
    {
        using var data = new TemporaryDirectory();
        using var key = new CoinbaseAdvancedKey("organizations/1/apiKeys/2");
        var twin = new CoinbaseAdvancedTwin(new CoinbaseAdvancedOptions(Tape()) { Signers = [key], Unsigned = ["paper", "demo"], Dollars = 1_234 });
        await using var exchange = await TwinHost.StartAsync(twin, TimeProvider.System);
        var settings = Settings(exchange.Address);
        settings["COINBASE_API_KEY"] = null;
        settings["HEADGATE_SECRETS__COINBASE_API_KEY"] = key.Name;
        settings["HEADGATE_SECRETS__COINBASE_API_SECRET"] = key.PrivatePem().ReplaceLineEndings("\\n");
        // Even told so, the paper exchange is nobody else.
        settings["HEADGATE_PROVIDERS__COINBASE_PAPER__BASEURL"] = exchange.Address.ToString();

        var first = await RunOnceAsync(data, settings);
        var second = await RunOnceAsync(data, settings);
        var third = await RunOnceAsync(data, settings);

        first.ExitCode.ShouldBe(0, first.ToString());
        first.Output.ShouldContain("is being confirmed");
        second.Output.ShouldContain(" filled at ", Case.Sensitive, second.ToString());
        third.Output.ShouldContain("cooldown until");
        var arrivals = twin.Counters.Snapshot().ArrivalsByEndpoint;
        arrivals.Keys.Order(StringComparer.Ordinal).ShouldBe(["accounts", "market-candles", "market-products"]);
        arrivals["accounts"].ShouldBe(1, "what the account has is read once, to begin the paper account with");
        arrivals["market-candles"].ShouldBe(25, "candles of closed hours outlive the process");
        twin.Orders.ShouldBe(0);
        twin.Counters.Violations.ShouldBe(0);
    }

    [Fact]
    public async Task A_paper_account_that_began_without_a_key_keeps_its_10_000_dollars_whatever_key_comes_later()
    {
        using var data = new TemporaryDirectory();
        using var key = new CoinbaseAdvancedKey("organizations/1/apiKeys/2");
        var twin = new CoinbaseAdvancedTwin(new CoinbaseAdvancedOptions(Tape()) { Signers = [key], Dollars = 1_234 });
        await using var exchange = await TwinHost.StartAsync(twin, TimeProvider.System);
        var settings = Settings(exchange.Address);

        (await RunOnceAsync(data, settings)).ExitCode.ShouldBe(0);
        (await DollarsAsync(data)).ShouldBe("10000");
        settings["HEADGATE_SECRETS__COINBASE_API_KEY"] = key.Name;
        settings["HEADGATE_SECRETS__COINBASE_API_SECRET"] = key.PrivatePem().ReplaceLineEndings("\\n");
        (await RunOnceAsync(data, settings)).ExitCode.ShouldBe(0);

        (await DollarsAsync(data)).ShouldBe("10000", "orders on record are replayed onto the sum they began with");
        twin.Counters.Snapshot().ArrivalsByEndpoint.Keys.ShouldNotContain("accounts");
    }

    [Fact]
    public async Task A_killed_fleet_of_its_own_process_evaluates_again_within_five_seconds()
    {
        using var data = new TemporaryDirectory();
        await using var exchange = await TwinHost.StartAsync(new CoinbaseAdvancedTwin(new CoinbaseAdvancedOptions(Tape())), TimeProvider.System);
        var settings = Settings(exchange.Address);
        var best = TimeSpan.MaxValue;
        for (var life = 0; life < 3; life++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var fleet = ChildProcess.Start(GateProcess.Executable, ["desk", "run", "fleet", "--data-dir", data.Path], settings);
            await fleet.UntilLineAsync("fleet: 25 bots in", Patience);
            // The first begins with nothing held. A machine busy with other tests may slow one of the others down.
            best = life > 0 && Stopwatch.GetElapsedTime(began) is var took && took < best ? took : best;
            fleet.KillHard();
            await fleet.WaitAsync(Patience);
        }

        best.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_setting_of_the_fleet_that_cannot_be_used_is_named_and_nothing_starts()
    {
        using var data = new TemporaryDirectory();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["HEADGATE_DATADIR"] = null, ["HEADGATE_DESK__FLEET__TRADEDOLLARS"] = "1000" };

        var result = await ChildProcess.RunAsync(GateProcess.Executable, ["desk", "run", "fleet", "--once", "--data-dir", data.Path], Patience, settings);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("desk:fleet:tradeDollars is 1000; expected 1 to 100.");
    }

    private static Headgate.Upstreams.Tapes.SyntheticTape Tape() => FleetDay.Market(1, TimeProvider.System.GetUtcNow(), new FleetOptions().Pairs);

    private static async Task<string> DollarsAsync(TemporaryDirectory data)
    {
        await using var records = SqliteRecordStore.Open(data.Path, TimeProvider.System);
        return Encoding.UTF8.GetString((await records.GetAsync("fleet.paper", "dollars", default))!.Content.Span);
    }

    private static Task<ProcessResult> RunOnceAsync(TemporaryDirectory data, Dictionary<string, string?> settings) =>
        ChildProcess.RunAsync(GateProcess.Executable, ["desk", "run", "fleet", "--once", "--data-dir", data.Path], Patience, settings);

    private static Dictionary<string, string?> Settings(Uri exchange) => new(StringComparer.Ordinal)
    {
        ["HEADGATE_DATADIR"] = null,
        ["HEADGATE_PROVIDERS__COINBASE_ADVANCED__BASEURL"] = exchange.ToString(),
        ["HEADGATE_DESK__FLEET__CONFIRMATION"] = "00:00:00",
    };

    private static async Task<HttpStatusCode> ModeAsync(GateProcess gate, string pair, string mode) =>
        (await gate.Http.PatchAsJsonAsync($"/api/v1/desk/fleet/bots/{pair}", new { mode })).StatusCode;
}
