using System.Net;
using Headgate.EndToEnd.Tests.Gates;

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
    public async Task A_tape_that_is_not_there_is_a_usage_error_that_names_it()
    {
        using var data = new TemporaryDirectory();
        var result = await ChildProcess.RunAsync(
            GateProcess.Executable, ["serve", "--demo", "--data-dir", data.Path, "--tape", data.File("none.csv")], TimeSpan.FromSeconds(60));

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("none.csv");
    }
}
