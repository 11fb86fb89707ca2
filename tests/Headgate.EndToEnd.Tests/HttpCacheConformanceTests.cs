using System.Text.Json;
using Headgate.EndToEnd.Tests.Clients;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>The public test suite for HTTP caches (cache-tests.fyi), whole, against a gate with an origin provider.</summary>
public sealed class HttpCacheConformanceTests
{
    // 298 of 350 hold; a few of the suite's clocks are tight on a busy machine.
    private const int PassedMin = 290;

    [Fact]
    public async Task More_of_the_public_suite_holds_than_for_any_proxy_it_has_published_results_of()
    {
        using var data = new TemporaryDirectory();
        var file = Path.Combine(data.Path, "report.json");

        var result = await NpmClient.RunInAsync(Repository.Path("tests", "conformance", "http-cache"), "run.mjs", GateProcess.Executable, "--json", file);

        result.ExitCode.ShouldBe(0, result.ToString());
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var all = report.RootElement.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("group").GetString() is "all");
        var passed = all.GetProperty("headgate").GetInt32();
        passed.ShouldBeGreaterThanOrEqualTo(PassedMin, result.Output);
        foreach (var other in (string[])["nginx", "varnish", "squid", "apache"])
        {
            passed.ShouldBeGreaterThan(all.GetProperty(other).GetInt32(), other);
        }
    }
}
