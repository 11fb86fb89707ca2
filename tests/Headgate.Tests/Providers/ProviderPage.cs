using System.Globalization;
using System.Text;
using Headgate.Catalogue;

namespace Headgate.Tests.Providers;

/// <summary>Writes a provider's page from its definition.</summary>
internal static class ProviderPage
{
    public static string Of(CatalogueFile file, ProviderModel provider)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {provider.Name}\n\nWritten from `catalogue/{file.Name}`; change the definition, not this page.\n\n{Head(file)}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Upstream: <{provider.BaseUrl.ToString().TrimEnd('/')}>. Here: `http://127.0.0.1:7070/{provider.Name}`, or a listener of its own (`HEADGATE_PROVIDERS__{provider.Name.ToUpperInvariant().Replace('-', '_')}__LISTEN`).\n");
        Credentials(page, provider);
        Limits(page, provider);
        Endpoints(page, provider);
        Profiles(page, file);
        Clients(page, provider);
        var facts = UncertainFact.In(file);
        if (facts.Count > 0)
        {
            page.Append("\n## Not certain\n\n").AppendJoin('\n', facts.Select(fact => $"- {Sentence(fact.Uncertain)} *{Sentence(fact.Safer)}*")).Append('\n');
        }

        return page.ToString();
    }

    /// <summary>Every uncertain fact of every definition.</summary>
    public static string Uncertain(IEnumerable<CatalogueFile> files)
    {
        var page = new StringBuilder("# What is not certain\n\nFacts of the shipped definitions that no source settles, and the safer side taken. Written from the remarks in `catalogue/`.\n\n| where | not certain | safer |\n|---|---|---|\n");
        foreach (var fact in files.SelectMany(UncertainFact.In))
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{fact.File}:{fact.Line}` | {Cell(fact.Uncertain)} | {Cell(fact.Safer)} |\n");
        }

        return page.ToString();
    }

    private static string Head(CatalogueFile file) => string.Join('\n', file.Text.Split('\n')
        .Skip(1)
        .TakeWhile(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#').Trim()))
        .Trim();

    private static void Credentials(StringBuilder page, ProviderModel provider)
    {
        if (provider.Identity.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\nCallers are told apart by {string.Join(", else ", provider.Identity.Select(rule => $"{rule.Place.ToString().ToLowerInvariant()} `{rule.Name}`"))}.");
        }

        var secrets = provider.Inject.Where(rule => rule.SecretName.Length > 0).ToList();
        if (secrets.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $" For callers that bring none the gate brings {string.Join(" and ", secrets.Select(rule => $"`{rule.SecretName}`"))}.");
        }

        page.Append(provider.Identity.Count > 0 ? "\n" : "");
        page.Append(provider.Auth switch
        {
            null => "",
            { Kind: AuthKind.Crumb } auth => $"\nThe gate owns the cookie and the crumb that {string.Join(", ", auth.Endpoints.Select(name => $"`{name}`"))} need; a caller's own are left out.\n",
            var auth => $"\nReads of callers that bring no credential go under the gate's own sign-in, once `{auth.SecretName}` holds a refresh token; `{auth.Endpoint.Route.Text}` passes a caller's own sign-in on.\n",
        });
    }

    private static void Limits(StringBuilder page, ProviderModel provider)
    {
        page.Append("\n## Limits\n\n| limit | permits | counted for | after a limit answer |\n|---|---|---|---|\n");
        foreach (var limit in provider.Limits.Values.OrderBy(limit => limit.Name, StringComparer.Ordinal))
        {
            var whose = limit.Scope switch
            {
                LimitScope.Provider => "the gate's address",
                LimitScope.LimitKey => "each credential's key",
                LimitScope.Endpoint => "each endpoint of each credential's key",
                LimitScope.Account => "each account",
                LimitScope.Capture => $"each {limit.Capture}",
                _ => $"each `{limit.Capture}`{(limit.Matching is null ? "" : " of the kind that counts")}",
            };
            var window = limit.Kind == LimitKind.Calendar ? $"{Length(limit.Window)} of {limit.Zone}" : Length(limit.Window);
            var rest = limit.LockOut is { } lockOut ? $"{Length(lockOut)} of rest" : "`Retry-After`, else backing off";
            page.Append(CultureInfo.InvariantCulture, $"| {limit.Name} | {limit.Permits} in {window}{(limit.ReservePercent > 0 ? $", {limit.ReservePercent} % of them for urgent asks" : "")} | {whose} | {rest} |\n");
        }
    }

    private static void Endpoints(StringBuilder page, ProviderModel provider)
    {
        page.Append("\n## Endpoints\n\n| endpoint | request | kept | stale up to | spends | merges |\n|---|---|---|---|---|---|\n");
        foreach (var endpoint in provider.Endpoints.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal))
        {
            var kept = !endpoint.Cacheable ? "never" : Kept(endpoint.Freshness);
            var stale = !endpoint.Cacheable || endpoint.Freshness.Stale == TimeSpan.Zero ? "" : Length(endpoint.Freshness.Stale);
            page.Append(CultureInfo.InvariantCulture, $"| {endpoint.Name} | `{Cell(endpoint.Route.Text)}` | {kept} | {stale} | {Spends(endpoint)} | {Merges(endpoint)} |\n");
        }
    }

    private static string Kept(FreshnessModel freshness)
    {
        var text = freshness.Kind switch
        {
            FreshnessKind.Fixed => freshness.Ttl == TimeSpan.Zero ? "for who asks for what is held" : Length(freshness.Ttl),
            FreshnessKind.UntilBarCloses => "until the bar closes",
            FreshnessKind.UntilSessionCloses => "until the session closes",
            FreshnessKind.UntilNextOpen => "until the market opens",
            FreshnessKind.Immutable => "for good",
            _ => "as its headers say",
        };
        return freshness.Closed is null ? text : $"{text}; market closed: until it opens";
    }

    private static string Spends(EndpointModel endpoint)
    {
        var cost = endpoint.Cost;
        var permits = cost.Steps.Count > 0 ? string.Join(", ", cost.Steps.Select(step => $"{step.Permits} up to {step.ItemsMax}"))
            : cost.PerItem > 0 ? $"{cost.PerItem} per item"
            : cost.Permits == 1 ? ""
            : $"{cost.Permits}";
        var limits = string.Join(", ", endpoint.Limits.Select(limit => limit.Name));
        return limits.Length == 0 ? "nothing" : permits.Length == 0 ? limits : $"{limits}: {permits}";
    }

    private static string Merges(EndpointModel endpoint) => endpoint switch
    {
        { Cacheable: false } => "",
        { Batch: { } batch } => $"items of `{batch.Parameter}`{(batch.SingleParameter is { } single && single != batch.Parameter ? $" and `{single}`" : "")}, {batch.Max} a call",
        _ => "the same asks",
    };

    private static void Profiles(StringBuilder page, CatalogueFile file)
    {
        var lines = file.Text.Split('\n').SkipWhile(line => line != "profiles:").Skip(1).TakeWhile(line => line.Length == 0 || line[0] == ' ').ToList();
        if (lines.Count == 0)
        {
            return;
        }

        page.Append("\n## Profiles\n\nChosen by `providers: NAME: profile` in the configuration, or `profile:` in a definition of your own.\n\n");
        var about = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("  #", StringComparison.Ordinal))
            {
                about += (about.Length == 0 ? "" : " ") + line.TrimStart(' ', '#');
            }
            else if (line.Length > 2 && line[2] != ' ' && line.EndsWith(':'))
            {
                page.Append(CultureInfo.InvariantCulture, $"- `{line.Trim(' ', ':')}`: {about}\n");
                about = "";
            }
        }
    }

    private static void Clients(StringBuilder page, ProviderModel provider)
    {
        if (provider.Clients.Count > 0)
        {
            page.Append("\n## Clients\n\n").AppendJoin('\n', provider.Clients.Select(client => $"- **{client.Key}**: {client.Value}")).Append('\n');
        }
    }

    private static string Length(TimeSpan length) => length switch
    {
        { Ticks: 0 } => "0",
        _ when length.Ticks % TimeSpan.TicksPerDay == 0 => Count(length.Ticks / TimeSpan.TicksPerDay, "day"),
        _ when length.Ticks % TimeSpan.TicksPerHour == 0 => $"{length.Ticks / TimeSpan.TicksPerHour} h",
        _ when length.Ticks % TimeSpan.TicksPerMinute == 0 => $"{length.Ticks / TimeSpan.TicksPerMinute} min",
        _ => $"{length.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s",
    };

    private static string Count(long number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
