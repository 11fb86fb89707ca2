using System.Text.RegularExpressions;
using Headgate.Desk.Crypto;
using Headgate.Desk.Crypto.Registry;
using Headgate.Testing;

namespace Headgate.Desk.Tests.Crypto;

/// <summary>Every test that docs/desk/crypto.md names for a defect exists, and each of the sixteen has one.</summary>
public sealed partial class CryptoDefectsDocumentTests
{
    [Fact]
    public void Each_of_the_sixteen_defects_names_tests_that_exist()
    {
        var rows = Row().Matches(File.ReadAllText(Repository.Path("docs", "desk", "crypto.md"))).ToList();
        rows.Select(row => int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, 16));
        var sources = string.Concat(Directory.EnumerateFiles(Repository.Path("tests"), "*Tests.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText));
        foreach (var row in rows)
        {
            var names = Name().Matches(row.Groups[2].Value).Select(name => name.Groups[1].Value).ToList();
            names.ShouldNotBeEmpty(row.Value);
            names.ShouldAllBe(name => sources.Contains($" {name}(", StringComparison.Ordinal), row.Value);
        }
    }

    [Fact]
    public void Every_setting_is_in_the_document()
    {
        var document = File.ReadAllText(Repository.Path("docs", "desk", "crypto.md"));
        var rows = typeof(CryptoOptions).GetProperties().Where(static property => property.Name != nameof(CryptoOptions.Endpoints)).Select(static property => $"| `{Camel(property.Name)}` |")
            .Concat(typeof(CryptoOverride).GetProperties().Select(static property => $": {Camel(property.Name)}` |"));
        rows.Where(row => !document.Contains(row, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"^\| (\d+) \|[^|]*\|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z0-9_]+)`")]
    private static partial Regex Name();
}
