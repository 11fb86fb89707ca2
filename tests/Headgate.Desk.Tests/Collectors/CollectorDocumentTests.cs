using System.Collections;
using System.Globalization;
using System.Reflection;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Tests.Support;
using Headgate.Reports;
using Headgate.Testing;

namespace Headgate.Desk.Tests.Collectors;

public sealed class CollectorDocumentTests
{
    [Fact]
    public void Every_defect_of_the_replaced_research_system_has_tests_that_exist() => DefectTable.Check("collector.md", "## The replaced system's defects", 17);

    [Fact]
    public void Every_setting_is_documented_with_its_default()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));
        var options = new CollectorOptions();
        typeof(CollectorOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.SetMethod is not null)
            .Select(property => $"| `desk: collector: {char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}` | `HEADGATE_DESK__COLLECTOR__{property.Name.ToUpperInvariant()}` | {Text(property.GetValue(options)!)} |")
            .Where(row => !document.Contains(row, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_metric_of_the_desk_is_documented_and_every_documented_one_is_told()
    {
        var world = new CollectorWorld();
        var text = new MetricText();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromSeconds(30));
            new DeskMetrics(world.Health).Write(text);
            await life.StopAsync();
        });
        var told = text.ToString().Split('\n').Where(static line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(static line => line.Split(' ')[2]);
        var documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "metrics.md"))
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal) && !line.StartsWith("| `headgate_", StringComparison.Ordinal)).Select(static line => line.Split('`')[1]);
        told.ShouldBe(documented, ignoreOrder: true);
    }

    private static string Text(object value) => value switch
    {
        TimeSpan span => $"`{span.ToString("c", CultureInfo.InvariantCulture)}`",
        IReadOnlyDictionary<string, string> map => string.Join(", ", map.Select(static pair => $"`{pair.Key}: {pair.Value}`")),
        string text => $"`{text}`",
        IEnumerable list => $"`{string.Join(", ", list.Cast<object>())}`",
        _ => value.ToString()!,
    };
}
