using System.CommandLine;

namespace Headgate.Cli.Commands;

/// <summary>Where the user's own provider definitions are.</summary>
internal static class CatalogueOption
{
    private const string Variable = "HEADGATE_CATALOGUE";

    public static Option<string[]> Create() => new("--catalogue")
    {
        HelpName = "FILE|DIR",
        Description = $"Provider definitions of your own, laid over the shipped ones (may be given several times). Default: {Variable}, several separated by ;",
    };

    public static IReadOnlyList<string> Paths(string[]? named) => named is { Length: > 0 }
        ? named
        : (Environment.GetEnvironmentVariable(Variable) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
