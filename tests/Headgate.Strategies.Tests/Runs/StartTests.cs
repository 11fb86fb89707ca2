using System.Net;

namespace Headgate.Strategies.Tests.Runs;

public sealed class StartTests
{
    [Fact]
    public async Task A_store_that_cannot_be_opened_refuses_requests_and_lets_the_host_live()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("strategies"));
        await File.WriteAllTextAsync(folder.File("strategies/runs.db"), new string('x', 5000));
        await using var host = await PlatformHost.StartAsync(folder);

        var problem = await host.GetAsync("/api/v1/strategies", HttpStatusCode.ServiceUnavailable);

        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldStartWith("The strategy platform could not start: ");
        (await host.GetAsync("/health")).GetProperty("status").GetString().ShouldBe("healthy");
    }
}
