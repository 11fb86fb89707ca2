using System.Globalization;
using Headgate.Gateway.Configuration;

namespace Headgate.Architecture.Tests.Documents;

public sealed class SettingsTests
{
    // Set in code, not by configuration; or told under another name.
    private static readonly string[] NotSettings = [nameof(GatewayOptions.Certificate), nameof(GatewayOptions.Listen)];

    [Fact]
    public void Every_setting_of_the_edge_is_documented_with_its_default()
    {
        var rows = File.ReadAllLines(Repository.Path("docs", "configuration.md")).Where(line => line.StartsWith('|')).ToList();
        var defaults = new GatewayOptions();
        foreach (var property in typeof(GatewayOptions).GetProperties().Where(property => !NotSettings.Contains(property.Name, StringComparer.Ordinal)))
        {
            var row = rows.Find(line => line.Contains($"`{property.Name}", StringComparison.OrdinalIgnoreCase));
            row.ShouldNotBeNull(property.Name);
            if (property.GetValue(defaults) is int number)
            {
                row.ShouldContain($"| {number.ToString(CultureInfo.InvariantCulture)} |");
            }
        }
    }

    [Fact]
    public void Every_section_that_is_documented_is_known_where_the_file_is_read()
    {
        var page = File.ReadAllLines(Repository.Path("docs", "configuration.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var named = page.Select(line => line[3..].Split('`', ':')[0]).Distinct(StringComparer.Ordinal).Where(name => !name.Contains('_', StringComparison.Ordinal)).ToList();
        named.Count.ShouldBeGreaterThan(15);
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "headgate.yaml");
        File.WriteAllLines(file, named.Select(name => $"{name}:"));
        var warnings = new List<string>();

        GatewayOptionsReader.Read(GatewayConfiguration.Build([], file), [], warnings.Add);

        warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_default_address_is_the_documented_one() =>
        File.ReadAllText(Repository.Path("docs", "configuration.md")).ShouldContain($"`{new GatewayOptions().Listen.Single()}`");
}
