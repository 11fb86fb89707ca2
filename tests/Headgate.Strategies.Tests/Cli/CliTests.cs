using System.CommandLine;
using System.Text.Json;
using Headgate.Strategies.Cli;
using Headgate.Strategies.Tests.Runs;
using Spectre.Console;

namespace Headgate.Strategies.Tests.Cli;

/// <summary>The commands as a user types them.</summary>
public sealed class CliTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_user_generates_data_runs_a_strategy_and_exports_it()
    {
        var demo = await RunAsync("import", "demo", "--days", "90");
        demo.Code.ShouldBe(0, demo.Error);
        demo.Error.ShouldContain("SYNTHETIC");
        JsonDocument.Parse((await RunAsync("import", "demo", "--days", "90", "--json")).Output).RootElement.GetProperty("already_imported").GetInt32().ShouldBe(92, "one document of all files");
        (await RunAsync("import", "demo", "--days", "90")).Output.ShouldContain("0 files imported, 92 already there");

        var run = await RunAsync("strategy", "run", "call_sell_future_buy_weekly", "-p", "filter=demo", "-p", "call_sell_position=1");

        run.Code.ShouldBe(0, run.Error);
        run.Output.ShouldContain("Equity (points)");
        run.Output.ShouldContain("Drawdown (%)");
        run.Output.ShouldContain("Expectancy");
        run.Output.ShouldContain("2024");
        var runs = JsonSerializer.Deserialize<JsonElement>((await RunAsync("strategy", "runs", "--json")).Output);
        runs.GetArrayLength().ShouldBe(1);
        runs[0].GetProperty("row_count").GetInt32().ShouldBeGreaterThan(10);
        var shown = JsonSerializer.Deserialize<JsonElement>((await RunAsync("strategy", "show", "1", "--json")).Output);
        shown.GetProperty("data").GetArrayLength().ShouldBe(runs[0].GetProperty("row_count").GetInt32());
        shown.GetProperty("metadata").GetProperty("data_version").GetString().ShouldNotBeNull().ShouldEndWith("-synthetic");
        var export = await RunAsync("strategy", "export", "1", "-o", _folder.File("out.xlsx"), "--format", "xlsx");
        export.Code.ShouldBe(0, export.Error);
        new FileInfo(_folder.File("out.xlsx")).Length.ShouldBeGreaterThan(3000);
    }

    [Fact]
    public async Task Mistakes_have_messages_and_exit_codes()
    {
        await Fails(ExitCode.NotFound, "Strategy 'nope' not found", "strategy", "run", "nope");
        await Fails(ExitCode.Usage, "Invalid parameters: Unknown parameter 'x'", "strategy", "run", "call_sell_future_buy_weekly", "-p", "x=1");
        await Fails(ExitCode.Usage, "'x' is not name=value", "strategy", "run", "call_sell_future_buy_weekly", "-p", "x");
        await Fails(ExitCode.Failed, "No spot series for NIFTY: import one with 'headgate import spot'", "strategy", "run", "call_sell_future_buy_weekly");
        await Fails(ExitCode.NotFound, "Execution 7 not found", "strategy", "show", "7");
        await Fails(ExitCode.NotFound, "Job 'x' not found", "jobs", "cancel", "x");
        await Fails(ExitCode.Failed, "no such file or folder", "import", "bhavcopy", _folder.File("absent"));
        await Fails(ExitCode.Unreachable, "nothing answers at http://127.0.0.1:1", "jobs", "ls", "--url", "http://127.0.0.1:1");
        await Fails(ExitCode.Usage, "--days must be 30 to 2000", "import", "demo", "--days", "5");
        var bad = _folder.Write("bad.csv", "a,b\n1,2\n");
        await Fails(ExitCode.Failed, "refused: bad.csv:1: not a bhavcopy header", "import", "bhavcopy", bad);

        async Task Fails(int code, string message, params string[] args)
        {
            var result = await RunAsync(args);
            result.Error.ShouldContain(message);
            var asked = await RunAsync([.. args, "--json"]);
            JsonDocument.Parse(asked.Output).RootElement.ValueKind.ShouldBe(JsonValueKind.Object, string.Join(' ', args));
            result.Code.ShouldBe(code);
        }
    }

    [Fact]
    public async Task Commands_talk_to_a_running_gate()
    {
        using var folder = new TempFolder();
        await using var host = await PlatformHost.StartAsync(folder, Strategies.WorkedExample.Market());
        var url = host.Client.BaseAddress!.ToString();

        (await RunAsync("strategy", "ls", "--url", url)).Output.ShouldContain("probe");
        var id = (await RunAsync("strategy", "run", "probe", "--async", "--url", url)).Output.Trim();
        await host.JobAsync(id, "completed");
        (await RunAsync("jobs", "show", id, "--url", url)).Output.ShouldContain("4 of 4 expiry rows, 100 %");
        (await RunAsync("jobs", "ls", "--json", "--url", url)).Output.ShouldContain(id);
        (await RunAsync("jobs", "cancel", id, "--url", url)).Error.ShouldContain("has already ended: completed");
    }

    [Fact]
    public void A_curve_spans_its_lines_and_names_its_ends()
    {
        var lines = LineChart.Draw([0m, 5m, 10m], 10, 2).Split('\n');

        lines[0].ShouldBe("       10.00 │  █");
        lines[1].ShouldBe("        0.00 │▁██");
        LineChart.Draw([1m, 1m], 10, 1).ShouldStartWith("        1.00 │▁▁");
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        console.Profile.Width = 200;
        var context = new CliContext(console, error, TimeProvider.System);
        var root = new RootCommand { ImportCommand.Create(context), StrategyCommand.Create(context), JobsCommand.Create(context) };
        var code = await root.Parse([.. args, "--data-dir", _folder.File("data")]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
