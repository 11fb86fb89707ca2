using System.Net;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Upstreams.Kite;

namespace Headgate.EndToEnd.Tests;

/// <summary>The Kite desk as its users run it: inside a gate, or as a process of its own.</summary>
public sealed class DeskTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A few stocks: daily bars are asked for at three a second.
    private const string Universe = """{"stocks": ["INFY", "HDFCBANK", "RELIANCE", "SBIN"]}""";

    [SharedFact]
    public async Task A_gate_with_a_desk_runs_its_monitors_along_the_tape_and_tells_how_they_do()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(
            data.Path,
            ["--demo", "--desk", "kite", "--at", "2016-08-16T10:00:00+05:30", "--tape", SharedFiles.Path("data", "nse_minute", "nse_minute_2016-08-16.csv.gz")],
            await SettingsAsync(data));

        // A slow machine may be too late for 10:00; the one-minute monitor is there every minute.
        await gate.Process.UntilLineAsync("10:0", Patience);

        var answer = await gate.AskAsync("/api/v1/desk/monitors");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.Json.GetProperty("running").GetBoolean().ShouldBeTrue();
        var monitors = answer.Json.GetProperty("monitors").EnumerateArray().ToDictionary(monitor => monitor.GetProperty("name").GetString()!);
        ((string[])["history", "stock", "onemin", "atr", "options", "followup"]).Except(monitors.Keys).ShouldBeEmpty();
        monitors.Values.Sum(monitor => monitor.GetProperty("runs").GetInt32()).ShouldBePositive();
        monitors["onemin"].GetProperty("next").GetString().ShouldNotBeNull().ShouldStartWith("2016-08-16T04:");

        (await gate.AskAsync("/api/v1/desk/alerts?limit=5")).Json.GetProperty("alerts").GetArrayLength().ShouldBeLessThanOrEqualTo(5);
        (await gate.AskAsync("/api/v1/desk/alerts?limit=0")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await gate.AskAsync("/api/v1/desk/alerts?from=yesterday")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await gate.RunAsync("desk", "status")).Output.ShouldContain("onemin");
        (await gate.JsonOfAsync("desk", "alerts")).GetProperty("alerts").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
        (await gate.AskAsync("/openapi/v1.json")).Json.GetProperty("paths").TryGetProperty("/api/v1/desk/alerts", out _).ShouldBeTrue();
        gate.Process.Output.ShouldNotContain("asked ", Case.Sensitive);

        (await gate.TerminateAsync()).ExitCode.ShouldBe(0);
        var logs = data.File(Path.Combine("demo", "logs"));
        (await File.ReadAllTextAsync(Path.Combine(logs, "host.log"))).ShouldContain("- host - INFO - API Coordinator singleton created");
        var quotes = await File.ReadAllTextAsync(Path.Combine(logs, "quotes.log"));
        quotes.ShouldContain("2016-08-16 10:0", Case.Sensitive);
        quotes.ShouldContain(" - quotes - INFO - Cache MISS: ");
        quotes.ShouldContain("Fetched ");
        quotes.ShouldContain("Successfully fetched prices for 4/4 stocks via API Coordinator");
    }

    [Fact]
    public async Task One_monitor_runs_once_and_prints_its_cycle()
    {
        using var data = new TemporaryDirectory();

        var result = await RunAsync(data, ["desk", "run", "stock", "--once", "--demo"], await SettingsAsync(data));

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.Split('\n').ShouldContain(line => line.StartsWith("10:00  stock ", StringComparison.Ordinal) && line.Contains("4/4", StringComparison.Ordinal), result.ToString());
        result.Output.ShouldNotContain("onemin");
    }

    [Fact]
    public async Task Monitors_of_a_process_of_their_own_end_cleanly_when_told_to()
    {
        using var data = new TemporaryDirectory();
        await using var process = ChildProcess.Start(
            GateProcess.Executable, ["desk", "run", "stock", "onemin", "--demo", "--data-dir", data.Path], await SettingsAsync(data));
        await process.UntilLineAsync("10:0", Patience);

        await process.TerminateAsync();
        var result = await process.WaitAsync(TimeSpan.FromSeconds(20));

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("monitors: stock, onemin;");
        result.Error.ShouldNotContain("Unhandled", Case.Insensitive);
    }

    [Fact]
    public async Task Without_telegram_s_settings_no_monitor_starts()
    {
        using var data = new TemporaryDirectory();

        var result = await RunAsync(data, ["desk", "run", "stock", "--once"], Empty());

        result.ExitCode.ShouldBe(1, result.ToString());
        result.Error.ShouldContain("TELEGRAM_BOT_TOKEN is missing");
        result.Error.ShouldContain("TELEGRAM_CHAT_ID is missing");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_access_token_is_told_once_and_no_monitor_starts()
    {
        using var data = new TemporaryDirectory();
        await using var kite = await KiteUpstream.OpenMarketAsync(new KiteAccount("key", "today", "DM0001"));
        var settings = Empty();
        settings["HEADGATE_PROVIDERS__KITE__BASEURL"] = kite.Address.ToString();
        settings["HEADGATE_SECRETS__KITE_AUTHORIZATION"] = "key:yesterday";
        settings["HEADGATE_DESK__ALERTS__CHANNELS"] = "console";

        var first = await RunAsync(data, ["desk", "run", "stock", "--once"], settings);
        var second = await RunAsync(data, ["desk", "run", "stock", "--once"], settings);

        first.ExitCode.ShouldBe(1, first.ToString());
        first.Error.ShouldContain("renew KITE_AUTHORIZATION");
        first.Error.ShouldNotContain("yesterday");
        first.Output.ShouldContain("Kite refused the access token");
        second.ExitCode.ShouldBe(1, second.ToString());
        second.Output.ShouldNotContain("Kite refused the access token");

        // No gate runs: the alert is read from the directory's files.
        var alerts = await RunAsync(data, ["desk", "alerts"], settings);
        alerts.ExitCode.ShouldBe(0, alerts.ToString());
        alerts.Output.ShouldContain("kite_token");
        alerts.Output.ShouldContain("console sent");
    }

    [Fact]
    public async Task Where_a_gate_runs_already_the_monitors_belong_inside_it()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, ["--offline"]);

        var refused = await gate.RunAsync("desk", "run", "stock", "--once");

        refused.ExitCode.ShouldBe(5, refused.ToString());
        refused.Error.ShouldContain(gate.Process.Id.ToString());
        refused.Error.ShouldContain("headgate serve --desk kite");
        (await gate.RunAsync("desk", "status")).ExitCode.ShouldBe(1);
        (await gate.AskAsync("/api/v1/desk/monitors")).Json.GetProperty("running").GetBoolean().ShouldBeFalse();
    }

    private static Task<ProcessResult> RunAsync(TemporaryDirectory data, string[] command, Dictionary<string, string?> settings) =>
        ChildProcess.RunAsync(GateProcess.Executable, [.. command, "--data-dir", data.Path], Patience, settings);

    private static Dictionary<string, string?> Empty() => new(StringComparer.Ordinal) { ["TELEGRAM_BOT_TOKEN"] = null, ["TELEGRAM_CHAT_ID"] = null, ["HEADGATE_DATADIR"] = null };

    private static async Task<Dictionary<string, string?>> SettingsAsync(TemporaryDirectory data)
    {
        var file = data.File("universe.json");
        await File.WriteAllTextAsync(file, Universe);
        var settings = Empty();
        settings["HEADGATE_DESK__UNIVERSE"] = file;
        return settings;
    }
}
