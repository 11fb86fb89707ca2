using System.Globalization;
using System.Reflection;
using Headgate.Desk.Monitors;
using Headgate.Testing;

namespace Headgate.Desk.Tests.Monitors;

public sealed class SettingsDocumentTests
{
    [Fact]
    public void Every_setting_of_the_monitors_is_in_the_document_with_its_default()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "desk", "kite.md"));
        var options = new DeskMonitorOptions();
        var missing = new (string Section, object Values)[]
        {
            ("session", options.Session), ("kite", options.Kite), ("pulse", options.Pulse), ("history", options.History), ("stock", options.Stock), ("onemin", options.OneMin),
            ("atr", options.Atr),
        }.SelectMany(static section => Rows(section.Section, section.Values)).Where(row => !document.Contains(row, StringComparison.Ordinal));
        missing.ShouldBeEmpty();
    }

    private static IEnumerable<string> Rows(string section, object values) => values.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.SetMethod is not null)
        .Select(property => $"| `{section}:{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}` | `{Text(property.GetValue(values)!)}` |");

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
