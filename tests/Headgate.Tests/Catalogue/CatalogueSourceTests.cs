using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class CatalogueSourceTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("headgate-catalogue");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Files_are_read_anew_and_addresses_stay_set()
    {
        var file = Path.Combine(_directory.FullName, "mine.yaml");
        File.WriteAllText(file, "provider: kite\nlimits: { quote: { permits: 2 } }");
        var source = new CatalogueSource([_directory.FullName], new Dictionary<string, Uri>(StringComparer.Ordinal) { ["kite"] = new("http://127.0.0.1:9") });

        source.Load().Find("kite")!.Limits["quote"].Permits.ShouldBe(2);
        File.WriteAllText(file, "provider: kite\nlimits: { quote: { permits: 3 } }");
        var again = source.Load().Find("kite")!;
        again.Limits["quote"].Permits.ShouldBe(3);
        again.BaseUrl.ShouldBe(new Uri("http://127.0.0.1:9"));
    }

    [Fact]
    public void A_failing_reload_tells_why_and_leaves_the_running_model_alone()
    {
        var file = Path.Combine(_directory.FullName, "mine.yaml");
        File.WriteAllText(file, "provider: kite\nmode: shadow");
        var source = new CatalogueSource([file]);
        var running = source.Load();

        File.WriteAllText(file, "provider: kite\nmode: of");
        Should.Throw<CatalogueException>(source.Load).Message.ShouldBe("mine.yaml:2: mode is of; expected one of on, shadow, bypass");
        running.Find("kite")!.Mode.ShouldBe(GateMode.Shadow);
    }

    [Fact]
    public void A_missing_file_is_an_error_that_names_it() =>
        Should.Throw<CatalogueException>(new CatalogueSource([Path.Combine(_directory.FullName, "absent.yaml")]).Load).Errors.Single().File.ShouldBe("absent.yaml");
}
