using Spectre.Console;

namespace Headgate.Strategies.Cli;

/// <summary>What the commands write to and take from outside.</summary>
/// <param name="Output">Tables, charts and JSON.</param>
/// <param name="Error">Messages for people; never part of --json output.</param>
/// <param name="GateUrl">Where a gate serves the data directory now, if the caller knows of one; used when neither --url nor HEADGATE_URL is given.</param>
public sealed record CliContext(IAnsiConsole Output, TextWriter Error, TimeProvider Time, string? GateUrl = null);
