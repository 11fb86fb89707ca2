using System.Globalization;
using System.Text.RegularExpressions;
using Headgate.Testing;

namespace Headgate.Desk.Tests.Support;

/// <summary>A document's table of a replaced system's defects: numbered rows, each naming the tests that hold it.</summary>
internal static partial class DefectTable
{
    /// <summary>Every row from 1 to the last is there, and every test it names exists.</summary>
    public static void Check(string document, string heading, int last)
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "desk", document)).SkipWhile(line => line != heading).Where(static line => Row().IsMatch(line)).ToList();
        rows.Select(static row => int.Parse(Row().Match(row).Groups[1].Value, CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, last));

        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(static file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var named = Named().Matches(row).Select(static match => (Class: match.Groups[1].Value, Test: match.Groups[2].Value)).ToList();
            named.ShouldNotBeEmpty(row);
            foreach (var (type, test) in named)
            {
                sources[type].Any(file => Regex.IsMatch(File.ReadAllText(file), $@"\[(Fact|Theory|SharedFact)\][^}}]*\b(void|Task) {test}\(", RegexOptions.None, TimeSpan.FromSeconds(5))).ShouldBeTrue($"{type}.{test}");
            }
        }
    }

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.None, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)\.(\w+)`", RegexOptions.None, 1000)]
    private static partial Regex Named();
}
