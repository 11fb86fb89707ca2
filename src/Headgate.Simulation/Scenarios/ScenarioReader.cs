using Headgate.Catalogue;
using Headgate.Upstreams;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation;

/// <summary>Builds a scenario from a file whose keys were checked.</summary>
internal sealed class ScenarioReader(CatalogueModel catalogue, IMarketSessions markets, ErrorList errors)
{
    private static readonly TimeSpan LengthMax = TimeSpan.FromDays(31);

    public IScenario? Read(CatalogueNode node)
    {
        var fields = new Fields(node, ScenarioKeys.Scenario, "");
        var name = fields.Text("provider")!;
        if (!TwinRegistry.Names.Contains(name, StringComparer.Ordinal) || catalogue.Find(name) is not { } provider)
        {
            errors.Add(fields.At("provider"), $"provider is {name}; expected one that is emulated: {string.Join(", ", TwinRegistry.Names)}");
            return null;
        }

        var length = fields.Duration("length")!.Value;
        if (length <= TimeSpan.Zero || length > LengthMax)
        {
            errors.Add(fields.At("length"), $"length is {fields.Text("length")}; expected up to {LengthMax.TotalDays:0}d");
            return null;
        }

        ScenarioKeys.TryInstant(fields.Text("start")!, out var start);
        var credentials = new List<string>();
        var clients = new List<PollingClient>();
        foreach (var item in fields.List("clients")!)
        {
            ReadClient(new Fields(item, ScenarioKeys.Client, $"clients.{item["name"]!.Text}"), provider, start, length, clients, credentials);
        }

        return new PollingScenario(fields.Text("scenario")!, provider.Name, start, length, clients, seed => TwinRegistry.Make(provider.Name, new TwinSetup(seed, start) { Credentials = credentials }));
    }

    private void ReadClient(Fields fields, ProviderModel provider, DateTimeOffset start, TimeSpan length, List<PollingClient> clients, List<string> credentials)
    {
        var every = fields.Duration("every")!.Value;
        if (every < TimeSpan.FromMilliseconds(1))
        {
            errors.Add(fields.At("every"), $"{fields.PathOf("every")} is {fields.Text("every")}; expected at least 1ms");
            return;
        }

        var after = fields.Text("after");
        if (after is not null && !clients.Exists(client => string.Equals(client.Name, after, StringComparison.Ordinal)))
        {
            errors.Add(fields.At("after"), $"{fields.PathOf("after")} is {after}; expected the name of a client above");
            return;
        }

        if (Asked(fields, provider) is not { } asked)
        {
            return;
        }

        var (headers, query) = Credential(fields, provider, credentials);

        var client = new PollingClient
        {
            Name = fields.Text("name")!,
            Headers = headers,
            Items = asked.Items,
            Targets = query.Length == 0 ? asked.Targets : chosen => [.. asked.Targets(chosen).Select(target => $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}")],
            Every = every,
            Phase = fields.Duration("phase") ?? TimeSpan.Zero,
            Jitter = fields.Duration("jitter") ?? TimeSpan.Zero,
            AtRandom = fields.Flag("random"),
            Pick = (int)(fields.Integer("pick") ?? 0),
            Bound = fields.Duration("bound"),
            Urgency = (int)(fields.Integer("urgency") ?? 3),
            After = after,
            Hours = Hours(fields, provider, start, length),
        };
        var count = fields.Integer("count") ?? 1;
        for (var i = 1; i <= count; i++)
        {
            clients.Add(count == 1 ? client : client with { Name = $"{client.Name}-{i}" });
        }
    }

    private (IReadOnlyList<string> Items, Func<IReadOnlyList<string>, IReadOnlyList<string>> Targets)? Asked(Fields fields, ProviderModel provider)
    {
        if (fields.Text("target") is { } target)
        {
            if (!target.StartsWith('/') || fields.Find("endpoint") is not null)
            {
                errors.Add(fields.At("target"), $"{fields.PathOf("target")} is {target}; expected a path that begins with / and no endpoint beside it");
                return null;
            }

            return ([""], _ => [target]);
        }

        var batched = provider.Endpoints.Where(BatchTargets.Knows).ToList();
        if (batched.Find(endpoint => string.Equals(endpoint.Name, fields.Text("endpoint"), StringComparison.Ordinal)) is not { } found)
        {
            errors.Add(
                fields.At("endpoint"),
                $"{fields.PathOf("endpoint")} is {fields.Text("endpoint") ?? "missing"}; expected target, or one of {string.Join(", ", batched.Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal))}");
            return null;
        }

        if (fields.Texts("items") is { Count: > 0 } items)
        {
            return (items, chosen => BatchTargets.Of(found, chosen));
        }

        errors.Add(fields.At("items"), $"{fields.PathOf("items")} is empty; expected what the client asks for");
        return null;
    }

    /// <summary>What each request carries: a header, or a piece of query.</summary>
    private (IReadOnlyList<TwinHeader> Headers, string Query) Credential(Fields fields, ProviderModel provider, List<string> credentials)
    {
        if ((fields.Text("credential") ?? TwinRegistry.DemoCredential(provider.Name)) is not { } credential)
        {
            return ([], "");
        }

        if (provider.Identity.FirstOrDefault(rule => rule.Place is CredentialPlace.Header or CredentialPlace.Query) is not { } identity)
        {
            errors.Add(fields.At("credential"), $"{fields.PathOf("credential")} is given; expected none, because {provider.Name} takes none in a header or query");
            return ([], "");
        }

        if (!credentials.Contains(credential, StringComparer.Ordinal))
        {
            credentials.Add(credential);
        }

        return identity.Place == CredentialPlace.Header
            ? ([new TwinHeader(identity.Name, credential)], "")
            : ([], $"{identity.Name}={Uri.EscapeDataString(credential)}");
    }

    private List<(TimeSpan From, TimeSpan To)> Hours(Fields fields, ProviderModel provider, DateTimeOffset start, TimeSpan length)
    {
        List<(TimeSpan, TimeSpan)> hours = [];
        if (fields.Text("hours") is not { } text || text is "always")
        {
            return hours;
        }

        if (text is "session")
        {
            return Sessions(fields, provider, start, length);
        }

        ScenarioKeys.TryHours(text, out var from, out var to);
        var midnight = start.TimeOfDay;
        for (var day = TimeSpan.Zero; day <= length + midnight; day += TimeSpan.FromDays(1))
        {
            Add(hours, day + from - midnight, day + to - midnight);
        }

        return hours;
    }

    private List<(TimeSpan From, TimeSpan To)> Sessions(Fields fields, ProviderModel provider, DateTimeOffset start, TimeSpan length)
    {
        List<(TimeSpan, TimeSpan)> hours = [];
        if (provider.Market is not { } market)
        {
            errors.Add(fields.At("hours"), $"{fields.PathOf("hours")} is session; expected hours, because {provider.Name} has no market");
            return hours;
        }

        var at = start;
        while (at < start + length && (markets.IsOpen(market, at) ? at : markets.NextOpen(market, at)) is { } open && open < start + length)
        {
            var close = markets.NextClose(market, open) ?? start + length;
            Add(hours, open - start, close - start);
            at = close;
        }

        return hours;
    }

    private static void Add(List<(TimeSpan, TimeSpan)> hours, TimeSpan from, TimeSpan to)
    {
        if (to > TimeSpan.Zero)
        {
            hours.Add((from < TimeSpan.Zero ? TimeSpan.Zero : from, to));
        }
    }
}
