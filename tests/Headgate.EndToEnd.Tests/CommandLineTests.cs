using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Headgate.Cli;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>What the command says to those who get it wrong.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("stats --jsn", "did you mean --json?", "see: headgate stats --help")]
    [InlineData("stas", "did you mean stats?", "see: headgate --help")]
    [InlineData("stats --days x", "--days x is not a whole number", "see: headgate stats --help")]
    [InlineData("cache prune --older-than x", "--older-than x is not a number", "see: headgate cache prune --help")]
    [InlineData("cache ls --max 0", "--max 0 is not 1 to 10000", "see: headgate cache ls --help")]
    [InlineData("cache ls --max x", "--max x is not a whole number", "see: headgate cache ls --help")]
    [InlineData("upstreams --port 99999", "--port 99999 leaves no room for 20 upstreams", "0 for free ports")]
    [InlineData("strategy show x", "x is not a whole number", "see: headgate strategy show --help")]
    public async Task What_is_not_understood_is_told_in_a_few_lines_and_not_by_the_whole_help(string command, string wrong, string remedy)
    {
        using var data = new TemporaryDirectory();
        var result = await RunAsync(data, command.Split(' '));

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldStartWith("headgate: ");
        result.Error.ShouldContain(wrong);
        result.Error.ShouldContain(remedy);
        result.Error.ShouldNotContain("System.");
        result.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stats --json", 3)]
    [InlineData("stats --json --days x", 2)]
    [InlineData("plan --demand absent --json", 2)]
    [InlineData("strategy show 7 --json", 4)]
    public async Task A_program_that_asks_for_json_gets_json_of_a_failure_too(string command, int code)
    {
        using var data = new TemporaryDirectory();
        var result = await RunAsync(data, command.Split(' '));

        result.ExitCode.ShouldBe(code, result.ToString());
        var told = JsonDocument.Parse(result.Output).RootElement;
        told.GetProperty("exitCode").GetInt32().ShouldBe(code);
        result.Error.ShouldContain(told.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told_in_words_and_without_a_stack_trace()
    {
        using var data = new TemporaryDirectory();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var result = await RunAsync(data, ["serve"], new Uri($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"));

        result.ExitCode.ShouldBe(1, result.ToString());
        result.Error.ShouldContain("already in use");
        result.Error.ShouldContain("HEADGATE_URL");
        result.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("HEADGATE_PROVIDERS__KITE__LISTEN", "https://127.0.0.1:0", "needs a certificate")]
    [InlineData("HEADGATE_TOKENFILE", "/nonexistent/tokens", "tokenFile /nonexistent/tokens cannot be read")]
    public async Task A_setting_that_cannot_work_is_named(string variable, string value, string told)
    {
        using var data = new TemporaryDirectory();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { [variable] = value };

        var result = await RunAsync(data, ["serve"], new Uri($"http://127.0.0.1:{FreePorts.Take()}"), environment);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(told);
        result.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task The_self_test_of_an_installation_prints_its_findings_alone()
    {
        using var data = new TemporaryDirectory();
        var result = await RunAsync(data, ["doctor", "--self-test"]);

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("40 at once");
        result.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_only_computes_is_not_waited_for_when_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var begun = new SemaphoreSlim(0);
        using var never = new ManualResetEventSlim();
        var command = new GateCommand("day", "A long one.").Computes(_ =>
        {
            begun.Release();
            never.Wait();
            return 0;
        });

        using var output = new StringWriter();
        var code = command.Parse([]).InvokeAsync(new InvocationConfiguration { Output = output }, stop.Token);
        await begun.WaitAsync();
        await stop.CancelAsync();

        (await code).ShouldBe(130);
        output.ToString().ShouldBeEmpty();
        never.Set();
    }

    private static Task<ProcessResult> RunAsync(TemporaryDirectory data, IEnumerable<string> command, Uri? address = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var variables = GateProcess.Environment(address ?? new Uri("http://127.0.0.1:7070"), environment);
        variables["HEADGATE_DATADIR"] = data.Path;
        return ChildProcess.RunAsync(GateProcess.Executable, [.. command], TimeSpan.FromSeconds(60), variables);
    }
}
