using Spectre.Console;

namespace Headgate.Strategies.Cli;

/// <summary>What the commands write to and take from outside.</summary>
/// <param name="Output">Tables, charts and JSON.</param>
/// <param name="Error">Messages for people; never part of --json output.</param>
public sealed record CliContext(IAnsiConsole Output, TextWriter Error, TimeProvider Time);
