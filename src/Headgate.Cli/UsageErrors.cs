using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Headgate.Cli;

/// <summary>A command line that is not understood: what is wrong with it and where help is, instead of the whole help.</summary>
internal static class UsageErrors
{
    public static Task<int> TellAsync(ParseResult parsed, ParseErrorAction usual)
    {
        var path = PathOf(parsed.CommandResult.Command);
        // A group of commands alone is a question: what is there?
        if (parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0)
        {
            usual.Invoke(parsed);
            return Task.FromResult(ExitCode.Usage);
        }

        var wrong = parsed.Errors.Select(Words).Where(static text => text.Length > 0).Distinct(StringComparer.Ordinal);
        return Failures.TellAsync(parsed, string.Join(Environment.NewLine, [.. wrong, .. Suggestions(parsed, usual), $"see: {path} --help"]), ExitCode.Usage);
    }

    private static string Words(ParseError error)
    {
        if (error.Message is "Required command was not provided.")
        {
            return "";
        }

        return error.SymbolResult is OptionResult { Tokens: [var given, ..] } option && Expected(option.Option.ValueType) is { } expected && error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)
            ? $"{option.Option.Name} {given.Value} is not {expected}"
            : error.SymbolResult is ArgumentResult { Tokens: [var word, ..] } argument && Expected(argument.Argument.ValueType) is { } wanted && error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)
            ? $"{word.Value} is not {wanted}"
            : error.Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal).Trim();
    }

    private static string? Expected(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(int) || value == typeof(long) ? "a whole number"
            : value == typeof(double) || value == typeof(decimal) ? "a number"
            : value == typeof(DateTimeOffset) ? "an instant; expected such as 2026-11-20T10:00:00+05:30"
            : null;
    }

    // The parser knows which words are near; it only prints them.
    private static IEnumerable<string> Suggestions(ParseResult parsed, ParseErrorAction usual)
    {
        using var told = new StringWriter();
        var configuration = parsed.InvocationConfiguration;
        var (output, error) = (configuration.Output, configuration.Error);
        (configuration.Output, configuration.Error, usual.ShowHelp) = (told, TextWriter.Null, false);
        usual.Invoke(parsed);
        (configuration.Output, configuration.Error) = (output, error);
        var near = told.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.EndsWith('?')).ToList();
        return near.Count == 0 ? [] : [$"did you mean {string.Join(" or ", near)}?"];
    }

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "headgate";
}
