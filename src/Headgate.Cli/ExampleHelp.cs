using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Headgate.Cli;

/// <summary>The usual help, followed by examples and exit codes.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (CommandExamples.Of(parseResult.CommandResult.Command) is { Count: > 0 } examples)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.WriteLine("Exit codes:");
        foreach (var (exit, meaning) in ExitCode.All)
        {
            output.WriteLine($"  {exit}  {meaning}");
        }

        return code;
    }
}
