using Headgate.Desk.Logs;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Simulation;
using Microsoft.Extensions.Logging;

namespace Headgate.Desk.Tests.Logs;

public sealed class ServiceLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("headgate-logs").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Every_service_has_a_file_in_the_replaced_systems_form_and_other_categories_have_none()
    {
        using var files = new ServiceLogFiles(new ServiceLogOptions { Directory = _directory }, new VirtualTime(Ist.At(new DateOnly(2026, 11, 20), new TimeOnly(10, 5))));
        files.CreateLogger("Headgate.Desk.stock").LogInformation("Cache HIT: {Names} instruments\nof two lines", 418);
        files.CreateLogger("Headgate.Desk.stock").LogDebug("not written");
        files.CreateLogger("Headgate.Desk.../atr").LogWarning("careful");
        files.CreateLogger("Microsoft.Hosting").LogError("elsewhere");
        File.ReadAllText(Path.Combine(_directory, "stock.log")).ShouldBe("2026-11-20 10:05:00,000 - stock - INFO - Cache HIT: 418 instruments of two lines\n");
        Directory.GetFiles(_directory).Select(Path.GetFileName).Order().ShouldBe(["___atr.log", "stock.log"]);
    }

    [Fact]
    public void A_full_file_is_set_aside_and_the_oldest_deleted()
    {
        using var file = new RotatingFile(Path.Combine(_directory, "stock.log"), bytesMax: 10, filesKept: 2);
        foreach (var line in new[] { "first", "second", "third", "fourth", "fifth" })
        {
            file.WriteLine(line);
        }

        File.ReadAllText(Path.Combine(_directory, "stock.log")).ShouldBe("fifth\n");
        File.ReadAllText(Path.Combine(_directory, "stock.log.1")).ShouldBe("fourth\n");
        File.ReadAllText(Path.Combine(_directory, "stock.log.2")).ShouldBe("third\n");
        Directory.GetFiles(_directory).Length.ShouldBe(3);
    }
}
