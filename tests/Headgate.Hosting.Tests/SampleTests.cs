namespace Headgate.Hosting.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_bot_runs_without_keys_and_saves_calls()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)); // tests/X/bin/<configuration>/<framework>
        var assembly = Path.Combine(Repository.Root, "samples", "Headgate.Samples.Bot", "bin", here.Parent!.Name, here.Name, "Headgate.Samples.Bot.dll");
        var run = await ChildProcess.RunAsync("dotnet", [assembly], TimeSpan.FromSeconds(60));
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("momentum");
        run.Output.ShouldContain("for 36 asks; 0 broke its limit.");
        var calls = int.Parse(run.Output.Split("Kite saw ")[1].Split(' ')[0]);
        // A quote is kept for a second: some three or four calls in three seconds, more only if the machine is slow.
        calls.ShouldBeInRange(2, 12);
    }
}
