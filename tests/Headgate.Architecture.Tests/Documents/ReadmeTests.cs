using System.Text.RegularExpressions;
using Headgate.Cli;

namespace Headgate.Architecture.Tests.Documents;

/// <summary>What the documents tell a new user to type exists.</summary>
public sealed partial class ReadmeTests
{
    private static IEnumerable<string> Documents => Repository.Files().Where(static file => file.EndsWith(".md", StringComparison.Ordinal) && !file.Contains("/providers/", StringComparison.Ordinal));

    public static TheoryData<string, string> Commands
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var document in Documents)
            {
                foreach (var line in ShellLines(File.ReadAllText(Repository.Path(document))).Distinct(StringComparer.Ordinal))
                {
                    rows.Add(document, line);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_command_shown_exists(string document, string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var gate = Array.IndexOf(words, "headgate") == 0 ? words[1..] : AfterDotnetRun(words);
        if (gate is not null)
        {
            CommandTree.Build().Parse(gate).Errors.Select(error => error.Message).ShouldBeEmpty($"{document}: {command}");
        }
        else if (words.FirstOrDefault(word => !word.Contains('=', StringComparison.Ordinal)) is { } program && program.Contains('/', StringComparison.Ordinal))
        {
            File.Exists(Repository.Path(program)).ShouldBeTrue($"{document}: {program}");
        }
    }

    [Fact]
    public void The_readme_begins_with_the_two_commands_that_matter()
    {
        var lines = ShellLines(File.ReadAllText(Repository.Path("README.md"))).Take(2).ToList();
        lines[0].ShouldStartWith("dotnet run --project src/Headgate.Cli");
        lines[0].ShouldContain("serve --demo");
        lines[1].ShouldBe("eng/test");
        File.ReadAllText(Repository.Path(".ci", "run")).ShouldContain(lines[1]);
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var broken =
            from document in Repository.Files()
            where document.EndsWith(".md", StringComparison.Ordinal)
            from link in Link().Matches(File.ReadAllText(Repository.Path(document)))
            let target = link.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = Repository.Path(Path.GetDirectoryName(document)!, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{document} -> {target}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_readme()
    {
        var linked = Link().Matches(File.ReadAllText(Repository.Path("README.md"))).Select(link => link.Groups[1].Value).ToList();

        Repository.Files().Where(file => file.StartsWith("docs/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal))
            .Where(page => !linked.Contains(page, StringComparer.Ordinal) && !linked.Contains(Path.GetDirectoryName(page), StringComparer.Ordinal))
            .ShouldBeEmpty();
    }

    private static string[]? AfterDotnetRun(string[] words)
    {
        var end = Array.IndexOf(words, "--");
        return words is ["dotnet", "run", ..] && words.Contains("src/Headgate.Cli", StringComparer.Ordinal) && end > 0 ? words[(end + 1)..] : null;
    }

    private static IEnumerable<string> ShellLines(string markdown) =>
        from Match block in ShellBlock().Matches(markdown)
        from line in block.Groups[1].Value.Split('\n')
        let command = line.Split(" #")[0].Trim()
        where command.Length > 0 && !command.StartsWith('#')
        select command;

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
