using System.Globalization;
using System.Text;

namespace Headgate.Catalogue;

/// <summary>Writes a first definition from samples: commented, loadable, and honest about what is a guess.</summary>
public static class DefinitionDraft
{
    private static readonly string[] KeyHeaders = ["Authorization", "X-Api-Key", "Api-Key", "X-Auth-Token", "X-Finnhub-Token", "X-MBX-APIKEY", "APCA-API-KEY-ID", "API-Key"];

    /// <summary>YAML of the definition. No value of a header or query parameter that may be a credential is part of it.</summary>
    /// <param name="provider">Its name, as <c>^[a-z][a-z0-9-]*$</c>.</param>
    /// <param name="samples">At least one.</param>
    /// <exception cref="CatalogueException">What was inferred does not load: the name is not one, or two hosts are mixed.</exception>
    public static string Write(string provider, IReadOnlyList<ProviderSample> samples)
    {
        var origins = samples.Select(sample => sample.Origin?.AbsoluteUri.TrimEnd('/')).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (origins.Count > 1)
        {
            throw new CatalogueException([new CatalogueError(samples[0].RequestFile, 1, $"the samples ask {string.Join(" and ", origins)}; expected one host for one provider")]);
        }

        var text = new StringBuilder();
        text.Append("# A draft from ").Append(samples.Count.ToString(CultureInfo.InvariantCulture)).Append(" samples: every guess is marked. Compare with the provider's documentation, then run\n")
            .Append("#   headgate provider check FILE --samples DIR\n");
        text.Append("provider: ").Append(provider).Append('\n');
        text.Append("baseUrl: ").Append(origins.FirstOrDefault() ?? "https://api.example.com # no sample names a host: write the provider's").Append("\n\n");
        Identity(text, samples);
        Limits(text, samples);
        var endpoints = DraftEndpoint.Group(samples);
        Endpoints(text, endpoints);
        Errors(text, samples, endpoints);
        var yaml = text.ToString();
        // What does not load is no draft.
        CatalogueLoader.Load([new CatalogueFile($"{provider}.yaml", yaml)]);
        return yaml;
    }

    private static void Identity(StringBuilder text, IReadOnlyList<ProviderSample> samples)
    {
        var headers = samples.SelectMany(sample => sample.Request.Headers).Select(header => header.Name).Where(name => KeyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase);
        var rules = headers.Select(name => $"header {name}").Concat(samples.SelectMany(sample => Secrets(sample.Request.Target)).Distinct(StringComparer.Ordinal).Select(name => $"query {name}")).ToList();
        if (rules.Count == 0)
        {
            text.Append("# No sample shows a credential, so answers are shared with everybody the gate admits.\nscope: public\n\n");
            return;
        }

        text.Append("# Who asks. Whoever shows a credential that the provider accepted is given what others fetched (scope: entitled).\nidentity:\n");
        foreach (var rule in rules)
        {
            text.Append("  - { from: ").Append(rule).Append(" }\n");
        }

        text.Append('\n');
    }

    private static List<string> Secrets(string target)
    {
        List<string> names = [];
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            if (SecretNames.IsSuspicious(parameter))
            {
                names.Add(parameter.RawName.ToString());
            }
        }

        return names;
    }

    private static void Limits(StringBuilder text, IReadOnlyList<ProviderSample> samples)
    {
        text.Append("limits:\n");
        foreach (var header in samples.SelectMany(sample => sample.Headers).Where(header => header.Name.Contains("ratelimit", StringComparison.OrdinalIgnoreCase) || header.Is("Retry-After")).Select(header => $"{header.Name}: {header.Value}").Distinct(StringComparer.OrdinalIgnoreCase).Take(6))
        {
            text.Append("  # seen in an answer: ").Append(header.ReplaceLineEndings(" ")).Append('\n');
        }

        text.Append("  # uncertain: no sample can show what the provider allows. safer: one call a second until you have read it.\n  all: { permits: 1, per: 1s }\n\n");
    }

    private static void Endpoints(StringBuilder text, IReadOnlyList<DraftEndpoint> endpoints)
    {
        text.Append("endpoints:\n");
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            var count = names[endpoint.Name] = names.GetValueOrDefault(endpoint.Name) + 1;
            var name = endpoint.Name is "passthrough" or "origin" ? endpoint.Name + "-1" : endpoint.Name;
            text.Append("  # ").Append(string.Join(", ", endpoint.Samples.Select(sample => sample.Name))).Append('\n');
            text.Append("  - name: ").Append(count == 1 ? name : $"{name}-{count}").Append('\n');
            text.Append("    match: '").Append(endpoint.Method).Append(' ').Append(endpoint.Route.Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
            if (endpoint.Method is not "GET")
            {
                text.Append("    cache: never # only safe reads are kept\n");
                continue;
            }

            Batch(text, BatchGuess.Of(endpoint));
            var stated = endpoint.Answered.SelectMany(sample => sample.Headers).FirstOrDefault(header => header.Is("Cache-Control"));
            text.Append("    freshness: { ttl: 1s, stale: 10m }").Append(stated.Value is { } said ? $" # the provider says Cache-Control: {said.ReplaceLineEndings(" ")}" : " # a guess: live data").Append('\n');
        }

        text.Append('\n');
    }

    private static void Batch(StringBuilder text, BatchGuess? guess)
    {
        if (guess is null)
        {
            return;
        }

        if (guess.Items is null)
        {
            text.Append("    # ").Append(guess.Parameter).Append(" names several items, but no sample's answer shows where they are: add batch when one does.\n");
            return;
        }

        text.Append("    # uncertain: how many items one call may name; ").Append(guess.Most.ToString(CultureInfo.InvariantCulture)).Append(" were seen. safer: no more than that.\n");
        text.Append("    batch: { parameter: ").Append(guess.Parameter).Append(", style: ").Append(guess.Style)
            .Append(", max: ").Append(guess.Most.ToString(CultureInfo.InvariantCulture)).Append(", items: '").Append(guess.Items).Append('\'')
            .Append(guess.IsBareAlone ? $", single: {guess.Parameter}, missing: malformed" : "").Append(" }")
            .Append(guess.LeavesOut ? " # unknown items are left out" : "").Append('\n');
    }

    private static void Errors(StringBuilder text, IReadOnlyList<ProviderSample> samples, IReadOnlyList<DraftEndpoint> endpoints)
    {
        var soft = endpoints.SelectMany(SoftErrorGuess.In).DistinctBy(guess => (guess.Member, guess.Value, guess.As)).ToList();
        var statuses = samples.Where(sample => sample.Status >= 400).Select(sample => sample.Status).Distinct().Order().ToList();
        if (statuses.Count > 0)
        {
            text.Append("# Statuses seen: ").Append(string.Join(", ", statuses)).Append(". 401 and 403 mean unauthorized, 404 not found, 429 limited, 5xx transient without a rule.\n");
        }

        if (soft.Count == 0)
        {
            return;
        }

        text.Append("errors:\n");
        foreach (var guess in soft)
        {
            text.Append("  # ").Append(guess.Sample).Append(": a good status, yet it looks like an error; what it means is a guess.\n");
            text.Append("  - { status: 200, json: { '").Append(guess.Member).Append("': ").Append(guess.Value is { } value ? $"'={value}'" : "true").Append(" }, as: ").Append(OutcomeWords.Of(guess.As)).Append(" }\n");
        }
    }
}
