using System.Xml.Linq;

namespace Headgate.Architecture.Tests.Layers;

public sealed class LayerTests
{
    // From top to bottom; the arrows of docs/architecture.md only go down.
    private static readonly string[] Order =
    [
        "Headgate.Cli",
        "Headgate.Hosting",
        "Headgate.Gateway",
        "Headgate.Simulation",
        "Headgate.Desk",
        "Headgate.Strategies",
        "Headgate.Upstreams",
        "Headgate.Storage.Sqlite",
        "Headgate.Storage.Redis",
        "Headgate",
    ];

    private static readonly string[] Deterministic = ["Headgate", "Headgate.Upstreams", "Headgate.Strategies", "Headgate.Desk", "Headgate.Simulation"];

    // Words that open a connection. The embedding message handler is one and holds none.
    private static readonly string[] Doors =
        ["HttpClient", "SocketsHttpHandler", "HttpClientHandler", "HttpMessageInvoker", "TcpClient", "WebRequest", "WebClient", "ClientWebSocket", "IHttpClientFactory", "NetworkStream"];

    [Fact]
    public void Every_source_project_has_its_place_in_the_order() =>
        SourceProject.All.Select(project => project.Name).Except(Order, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Project_references_only_go_down()
    {
        var upward =
            from project in SourceProject.All
            from reference in project.Projects
            where Array.IndexOf(Order, reference) <= Array.IndexOf(Order, project.Name)
            select $"{project.Name} -> {reference}";
        upward.ShouldBeEmpty();
    }

    [Fact]
    public void The_engine_knows_no_web_framework_and_no_storage()
    {
        var engine = SourceProject.All.Single(project => string.Equals(project.Name, "Headgate", StringComparison.Ordinal));
        engine.Projects.ShouldBeEmpty();
        engine.Frameworks.ShouldBeEmpty();
        engine.Packages.Except(["YamlDotNet", "Polly.Core", "NodaTime"], StringComparer.Ordinal).ShouldBeEmpty();

        var forbidden = typeof(Engine).Assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                || name.Contains("Sqlite", StringComparison.OrdinalIgnoreCase)
                || name.Contains("Redis", StringComparison.OrdinalIgnoreCase)
                || name is "Npgsql" or "Dapper" or "System.Net.Sockets");
        forbidden.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_transport_and_the_command_line_s_client_open_connections()
    {
        var holders =
            from project in SourceProject.All
            from file in project.Sources
            where Code.Names(File.ReadAllText(Repository.Path(file))).Overlaps(Doors)
            select file;
        holders.Except(AllowedHolders.Files, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Each_deterministic_project_is_held_to_the_banned_list()
    {
        SourceProject.All
            .Where(project => Deterministic.Contains(project.Name, StringComparer.Ordinal) && !project.IsDeterministic)
            .ShouldBeEmpty();

        var targets = XDocument.Load(Repository.Path("Directory.Build.targets"));
        var group = targets.Descendants("ItemGroup").Single(item => item.Descendants("AdditionalFiles").Any());
        group.Attribute("Condition")!.Value.ShouldContain("HeadgateDeterministic");
        group.Element("AdditionalFiles")!.Attribute("Include")!.Value.ShouldEndWith("eng/BannedSymbols.txt");
        group.Element("PackageReference")!.Attribute("Include")!.Value.ShouldBe("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        File.ReadAllText(Repository.Path(".editorconfig")).ShouldContain("dotnet_diagnostic.RS0030.severity = error");
    }

    [Theory]
    [InlineData("P:System.DateTimeOffset.UtcNow;")]
    [InlineData("P:System.Random.Shared;")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.TimeSpan);")]
    [InlineData("M:System.Threading.Tasks.Task.ConfigureAwait(System.Boolean);")]
    [InlineData("T:System.HashCode;")]
    [InlineData("T:System.Diagnostics.Stopwatch;")]
    public void The_banned_list_names_what_breaks_virtual_time(string entry) =>
        File.ReadAllLines(Repository.Path("eng", "BannedSymbols.txt")).ShouldContain(line => line.StartsWith(entry, StringComparison.Ordinal));

    [Fact]
    public void Nothing_in_a_deterministic_project_switches_the_banned_list_off()
    {
        var switchedOff =
            from project in SourceProject.All
            where project.IsDeterministic
            from file in project.Sources
            where File.ReadAllText(Repository.Path(file)).Contains("RS0030", StringComparison.Ordinal)
            select file;
        // A composition root is where the system clock is named.
        switchedOff.Except(["src/Headgate.Strategies/Api/StrategyPlatformServices.cs"], StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Public_classes_of_the_engine_are_sealed_abstract_or_static() =>
        typeof(Engine).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .ShouldBeEmpty();
}
