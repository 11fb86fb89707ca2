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
    public void The_default_address_is_the_documented_one() =>
        File.ReadAllText(Repository.Path("docs", "configuration.md")).ShouldContain($"`{new GatewayOptions().Listen.Single()}`");
}
