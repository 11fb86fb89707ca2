using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Providers;

namespace Headgate.EndToEnd.Tests;

/// <summary>What a new user sees first.</summary>
public sealed class DemoTests
{
    private const string TwoQuotes = "/kite/quote?i=NSE:INFY&i=NSE:TCS";

    [Fact]
    public async Task The_demo_answers_quotes_to_callers_without_a_credential()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, ["--demo"]);

        var answer = await gate.AskAsync(TwoQuotes);

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.Json.GetProperty("status").GetString().ShouldBe("success");
        answer.Json.GetProperty("data").EnumerateObject().Select(item => item.Name).ShouldBe(["NSE:INFY", "NSE:TCS"]);
        answer.Json.GetProperty("data").GetProperty("NSE:INFY").GetProperty("last_price").GetDecimal().ShouldBePositive();
        int.Parse(answer.Header("Age").ShouldNotBeNull()).ShouldBeInRange(0, 5);
        answer.Header("Cache-Status").ShouldNotBeNull().ShouldStartWith("headgate");
    }

    [Fact]
    public async Task The_demo_shows_its_figures_as_plain_lines_where_there_is_no_terminal()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, ["--demo"]);

        var line = await gate.Process.UntilLineAsync("asked ", TimeSpan.FromSeconds(30));

        line.ShouldContain("violations 0");
        line.ShouldContain("calls made ");
        line.ShouldContain("saved ");
        gate.Process.Output.ShouldNotContain("\u001b", Case.Sensitive);
    }

    [Fact]
    public async Task The_root_answers_as_soon_as_the_gate_listens()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, ["--demo"]);

        (await gate.AskAsync("/")).Status.ShouldBe(HttpStatusCode.OK);
        (await gate.AskAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_demo_leaves_the_real_ledger_cache_and_history_as_they_were_and_calls_no_real_upstream()
    {
        using var data = new TemporaryDirectory();
        await using var real = await KiteUpstream.ClosedMarketAsync();
        await using var bank = await TwinHost.StartAsync(new BankOfCanadaTwin(), TimeProvider.System);
        var settings = GateProcess.Upstream(real.Address);
        settings["HEADGATE_PROVIDERS__BANKOFCANADA__BASEURL"] = bank.Address.GetLeftPart(UriPartial.Authority);
        var bars = $"/kite/instruments/historical/{real.Tokens(1)[0]}/day?from=2026-11-16&to=2026-11-20";
        string heldQuotes, heldBars;
        await using (var gate = await GateProcess.StartAsync(data.Path, [], settings))
        {
            heldQuotes = (await gate.AskAsync(TwoQuotes, KiteUpstream.Credential)).Body;
            heldBars = (await gate.AskAsync(bars, KiteUpstream.Credential)).Body;
            await gate.TerminateAsync();
        }

        var before = FilesOf(data.Path);
        var calls = real.Counts.Arrivals;
        for (var demo = 0; demo < 2; demo++)
        {
            await using var gate = await GateProcess.StartAsync(data.Path, ["--demo"], settings);
            (await gate.AskAsync(TwoQuotes, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
            (await gate.AskAsync(bars, KiteUpstream.Credential)).Header("Cache-Status").ShouldNotBeNull().ShouldNotContain("hit", Case.Sensitive, "an earlier demo's bars are gone");
            var elsewhere = await gate.AskAsync("/bankofcanada/valet/lists/series/json");
            elsewhere.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            elsewhere.Body.ShouldContain("This gate calls kite, telegram alone");
            await gate.Process.UntilLineAsync("a demo calls these alone", TimeSpan.FromSeconds(10));
            await gate.TerminateAsync();
        }

        FilesOf(data.Path).ShouldBe(before);
        (real.Counts.Arrivals, bank.Twin.Counters.Arrivals).ShouldBe((calls, 0));
        await using var again = await GateProcess.StartAsync(data.Path, ["--offline"], settings);
        (await again.AskAsync(TwoQuotes, KiteUpstream.Credential)).Body.ShouldBe(heldQuotes);
        (await again.AskAsync(bars, KiteUpstream.Credential)).Body.ShouldBe(heldBars);
    }

    [Fact]
    public async Task Commands_find_a_demo_by_its_data_directory_until_a_gate_has_run_there()
    {
        using var data = new TemporaryDirectory();
        await using (var demo = await GateProcess.StartAsync(data.Path, ["--demo"]))
        {
            await demo.AskAsync(TwoQuotes);
            (await demo.JsonOfAsync("stats")).GetProperty("endpoints").GetArrayLength().ShouldBePositive();
            (await demo.RunAsync("desk", "run", "stock", "--once", "--demo")).ExitCode.ShouldBe(5);
            await demo.TerminateAsync();
            (await demo.JsonOfAsync("stats", "--days", "1")).GetProperty("calls").GetInt64().ShouldBePositive("its files are read while none runs");
        }

        await using var own = await GateProcess.StartAsync(data.Path, ["--offline"]);
        await own.TerminateAsync();
        (await own.JsonOfAsync("stats", "--days", "1")).GetProperty("calls").GetInt64().ShouldBe(0);
    }

    [SharedFact]
    public async Task A_recorded_day_plays_from_its_first_minute()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(
            data.Path, ["--demo", "--tape", SharedFiles.Path("data", "nse_minute", "nse_minute_2016-08-16.csv.gz")]);

        var answer = await gate.AskAsync(TwoQuotes);

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        var quote = answer.Json.GetProperty("data").GetProperty("NSE:INFY");
        quote.GetProperty("timestamp").GetString().ShouldNotBeNull().ShouldStartWith("2016-08-16 09:1");
        answer.Header("Age").ShouldNotBeNull();
        answer.Header("Cache-Status").ShouldNotBeNull().ShouldStartWith("headgate");
    }

    [Fact]
    public async Task The_demo_tells_programs_its_addresses_and_figures_as_lines_of_json()
    {
        using var data = new TemporaryDirectory();
        var address = new Uri($"http://127.0.0.1:{FreePorts.Take()}");
        await using var process = ChildProcess.Start(
            GateProcess.Executable, ["serve", "--demo", "--json", "--data-dir", data.Path], GateProcess.Environment(address));

        using var started = JsonDocument.Parse(await process.UntilLineAsync("{\"listening\"", TimeSpan.FromSeconds(60)));
        using var figures = JsonDocument.Parse(await process.UntilLineAsync("{\"asked\"", TimeSpan.FromSeconds(30)));

        started.RootElement.GetProperty("listening")[0].GetProperty("url").GetString().ShouldBe(address.ToString());
        started.RootElement.GetProperty("listening")[0].GetProperty("provider").ValueKind.ShouldBe(JsonValueKind.Null);
        new Uri(started.RootElement.GetProperty("emulated").GetProperty("kite").GetString().ShouldNotBeNull()).IsLoopback.ShouldBeTrue();
        figures.RootElement.GetProperty("violations").GetInt64().ShouldBe(0);
        figures.RootElement.GetProperty("saved").GetInt64().ShouldBe(figures.RootElement.GetProperty("direct").GetInt64() - figures.RootElement.GetProperty("calls").GetInt64());
        foreach (var line in process.Output.Split('\n').SkipLast(1))
        {
            JsonDocument.Parse(line).Dispose();
        }
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("desk", "run")]
    public async Task A_clock_for_real_upstreams_is_a_usage_error(params string[] command)
    {
        using var data = new TemporaryDirectory();
        var result = await ChildProcess.RunAsync(
            GateProcess.Executable, [.. command, "--data-dir", data.Path, "--at", "2026-11-20T10:00:00+05:30"], TimeSpan.FromSeconds(60), GateProcess.Environment(new Uri($"http://127.0.0.1:{FreePorts.Take()}")));

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("--demo or --tape");
    }

    [Fact]
    public async Task A_tape_that_is_not_there_is_a_usage_error_that_names_it()
    {
        using var data = new TemporaryDirectory();
        var result = await ChildProcess.RunAsync(
            GateProcess.Executable, ["serve", "--demo", "--data-dir", data.Path, "--tape", data.File("none.csv")], TimeSpan.FromSeconds(60));

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("none.csv");
    }

    /// <summary>What lies in a data directory, the demo's own directory aside: paths and contents.</summary>
    private static Dictionary<string, string> FilesOf(string directory) => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(directory, file))
        .Where(file => !file.StartsWith("demo" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(directory, file)))));
}
