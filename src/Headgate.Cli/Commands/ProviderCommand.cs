using System.CommandLine;
using System.Text.Json;
using Headgate.Catalogue;

namespace Headgate.Cli.Commands;

/// <summary>Provider definitions: what the shipped ones are unsure of, and writing and checking one's own.</summary>
internal static class ProviderCommand
{
    public static Command Build() => new("provider", "Write, check and ask provider definitions.") { ProviderSampleCommands.New(), ProviderSampleCommands.Check(), Uncertain() };

    private static Command Uncertain()
    {
        var json = CommonOptions.Json();
        return new GateCommand(
            "uncertain",
            "List every fact of the shipped definitions that no source settles, with the safer choice taken.",
            "headgate provider uncertain",
            "headgate provider uncertain --json")
            .With(json)
            .Does(async (parsed, _) =>
            {
                var facts = CatalogueLoader.Shipped.SelectMany(UncertainFact.In).ToList();
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    await output.WriteLineAsync(JsonSerializer.Serialize(facts.Select(fact => new { file = fact.File, line = fact.Line, uncertain = fact.Uncertain, safer = fact.Safer })));
                    return ExitCode.Ok;
                }

                foreach (var fact in facts)
                {
                    await output.WriteLineAsync($"{fact.File}:{fact.Line}: {fact.Uncertain}\n    safer: {fact.Safer}");
                }

                return ExitCode.Ok;
            });
    }
}
