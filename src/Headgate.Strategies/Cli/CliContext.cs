using Spectre.Console;

namespace Headgate.Strategies.Cli;

/// <summary>What the commands write to and take from outside.</summary>
/// <param name="Output">Tables, charts and JSON.</param>
/// <param name="Error">Messages for people; never part of --json output.</param>
/// <param name="FindGate">Where a gate serves a data directory now, or null when none does; asked when --url is not given. Null finds none.</param>
public sealed record CliContext(IAnsiConsole Output, TextWriter Error, TimeProvider Time, Func<string, string?>? FindGate = null);
