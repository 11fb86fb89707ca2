using Headgate.Testing;

namespace Headgate.Tests.Markets;

/// <summary>The calendar facts beside the repository, row by row as columns.</summary>
internal static class Csv
{
    public static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(SharedFiles.Path("data", "calendar", file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','));

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
