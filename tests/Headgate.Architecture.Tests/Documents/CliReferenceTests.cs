using Headgate.Cli;

namespace Headgate.Architecture.Tests.Documents;

public sealed class CliReferenceTests
{
    /// <summary>docs/cli.md is written from the commands themselves: set HEADGATE_UPDATE_API=1 and commit it.</summary>
    [Fact]
    public void Every_command_and_option_is_documented()
    {
        var path = Repository.Path("docs", "cli.md");
        var actual = CommandReference.Write(CommandTree.Build());
        if (string.Equals(Environment.GetEnvironmentVariable("HEADGATE_UPDATE_API"), "1", StringComparison.Ordinal))
        {
            File.WriteAllText(path, actual);
        }

        File.ReadAllText(path).ShouldBe(actual, "run the tests once with HEADGATE_UPDATE_API=1 and commit docs/cli.md");
    }

    [Fact]
    public void Every_command_tells_what_it_does_and_shows_an_example()
    {
        foreach (var command in CommandReference.Leaves(CommandTree.Build()))
        {
            command.Description.ShouldNotBeNullOrWhiteSpace(command.Name);
            CommandExamples.Of(command).ShouldNotBeEmpty(command.Name);
            foreach (var option in command.Options)
            {
                option.Description.ShouldNotBeNullOrWhiteSpace($"{command.Name} {option.Name}");
            }
        }
    }

    [Fact]
    public void Every_example_parses()
    {
        var root = CommandTree.Build();
        foreach (var example in CommandReference.Leaves(root).SelectMany(CommandExamples.Of))
        {
            Unquoted(example).IndexOfAny(['?', '&', '*']).ShouldBe(-1, $"a shell takes it apart: {example}");
            root.Parse(example.Split(' ')[1..]).Errors.Select(error => error.Message).ShouldBeEmpty(example);
        }
    }

    private static string Unquoted(string example) => string.Concat(example.Split('\'').Where((_, i) => i % 2 == 0));
}
