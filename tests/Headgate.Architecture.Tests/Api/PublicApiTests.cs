namespace Headgate.Architecture.Tests.Api;

public sealed class PublicApiTests
{
    /// <summary>What embedders and plug-ins compile against changes only knowingly: set HEADGATE_UPDATE_API=1 and commit the new listing.</summary>
    [Fact]
    public void The_engine_s_public_surface_is_the_committed_one()
    {
        var path = Repository.Path("docs", "api", "Headgate.txt");
        var actual = PublicApi.Of(typeof(Engine).Assembly);
        if (string.Equals(Environment.GetEnvironmentVariable("HEADGATE_UPDATE_API"), "1", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        var committed = File.ReadAllText(path).Split('\n');
        var lines = actual.Split('\n');
        lines.Except(committed, StringComparer.Ordinal).ShouldBeEmpty("added; run the tests once with HEADGATE_UPDATE_API=1 and commit docs/api/Headgate.txt");
        committed.Except(lines, StringComparer.Ordinal).ShouldBeEmpty("removed; run the tests once with HEADGATE_UPDATE_API=1 and commit docs/api/Headgate.txt");
        actual.ShouldBe(string.Join('\n', committed));
    }
}
