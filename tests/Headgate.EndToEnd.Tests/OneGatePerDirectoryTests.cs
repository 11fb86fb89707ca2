using System.Net;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

public sealed class OneGatePerDirectoryTests
{
    [Fact]
    public async Task A_second_serve_on_the_same_directory_exits_and_names_the_owner()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.OpenMarketAsync();
        await using var first = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));

        var second = await ChildProcess.RunAsync(
            GateProcess.Executable,
            ["serve", "--data-dir", data.Path],
            TimeSpan.FromSeconds(60),
            GateProcess.Environment(new Uri($"http://127.0.0.1:{FreePorts.Take()}")));

        second.ExitCode.ShouldBe(5, second.ToString());
        second.Error.ShouldContain(first.Process.Id.ToString());
        second.Error.ShouldContain(first.Address.Port.ToString());
        (await first.AskAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_gate_that_was_told_to_stop_ends_cleanly_and_frees_the_directory()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.OpenMarketAsync();
        await using (var first = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address)))
        {
            (await first.AskAsync("/kite/quote?i=NSE:INFY", KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
            var ended = await first.TerminateAsync();
            ended.ExitCode.ShouldBe(0, ended.ToString());
        }

        await using var second = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        (await second.AskAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Commands_say_so_when_no_gate_runs()
    {
        using var data = new TemporaryDirectory();
        var result = await ChildProcess.RunAsync(GateProcess.Executable, ["stats", "--data-dir", data.Path], TimeSpan.FromSeconds(60));

        result.ExitCode.ShouldBe(3, result.ToString());
        result.Error.ShouldContain("headgate serve");
        Directory.EnumerateFileSystemEntries(data.Path).ShouldBeEmpty();
    }
}
