using Headgate.Catalogue;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation;

/// <summary>Reads scenarios from YAML (docs/simulation-days.md).</summary>
public static class ScenarioFile
{
    /// <param name="name">What errors call the file.</param>
    /// <param name="text">Its content.</param>
    /// <param name="catalogue">Knows the provider and its endpoints.</param>
    /// <param name="markets">Tells sessions for <c>hours: session</c>.</param>
    /// <exception cref="CatalogueException">Something is wrong; it tells everything that is, as <c>mine.yaml:4: clients.bot.every is soon; expected a duration</c>.</exception>
    public static IScenario Load(string name, string text, CatalogueModel catalogue, IMarketSessions markets)
    {
        var errors = new ErrorList();
        var documents = new YamlFileReader(errors).Read(new CatalogueFile(name, text));
        if (errors.Count == 0 && documents.Count != 1)
        {
            errors.Add(name, 1, $"the file has {documents.Count} documents; expected one scenario");
        }

        if (errors.Count == 0)
        {
            ScenarioKeys.Scenario.Check(documents[0], "", errors);
        }

        if (errors.Count == 0 && new ScenarioReader(catalogue, markets, errors).Read(documents[0]) is { } scenario && errors.Count == 0)
        {
            return scenario;
        }

        throw errors.ToException();
    }
}
