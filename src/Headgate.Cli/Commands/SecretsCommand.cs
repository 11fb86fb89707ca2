using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Headgate.Catalogue;
using Headgate.Cli.Health;
using Headgate.Cli.Output;
using Headgate.Gateway.Configuration;

namespace Headgate.Cli.Commands;

/// <summary>The gate's own secrets, of which only whereabouts are ever told.</summary>
internal static class SecretsCommand
{
    private const string ConfigName = "headgate.yaml";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true };

    public static Command Build() => new("secrets", "Look after the secrets that the gate brings for callers that have none.") { Check() };

    private static Command Check()
    {
        var (data, catalogue, json) = (CommonOptions.DataDirectory(), CatalogueOption.Create(), CommonOptions.Json());
        var providers = new Argument<string[]>("provider") { Description = "Providers whose secrets must all be there.", Arity = ArgumentArity.ZeroOrMore };
        return new GateCommand(
            "check",
            "Tell for each provider and purpose whether its secret is there and where from, with the endpoints that use it; never a secret. Exit code 1 when the secrets file is "
                + "open to others, half a credential is there, or a named provider lacks one.",
            "headgate secrets check",
            "headgate secrets check alphavantage finnhub",
            "headgate secrets check --json")
            .With(providers, catalogue, data, json)
            .Does(async (parsed, _) =>
            {
                var model = Load(CatalogueOption.Paths(parsed.GetValue(catalogue)));
                var named = parsed.GetValue(providers) ?? [];
                if (Array.Find(named, name => model.Find(name) is null) is { } unknown)
                {
                    throw new CommandFailure($"there is no provider {unknown}; expected one of {string.Join(", ", model.Providers.Keys.Order(StringComparer.Ordinal))}", ExitCode.NotFound);
                }

                var check = new SecretsCheck(Path.Combine(parsed.GetValue(data)!.FullName, "secrets"));
                var rows = Told(check.Rows(model, named), named);
                var console = parsed.InvocationConfiguration;
                await (parsed.GetValue(json) ? console.Output.WriteLineAsync(JsonSerializer.Serialize(new { fileProblem = check.FileProblem, secrets = rows }, Web)) : PrintAsync(rows, console.Output));
                if (check.FileProblem is { } refused)
                {
                    await console.Error.WriteLineAsync($"headgate: {refused}");
                }

                return check.FileProblem is null && rows.All(row => row.Problem is null || row.Provider is null) ? ExitCode.Ok : ExitCode.Failure;
            });
    }

    // Of the providers asked about, and whatever is wrong.
    private static List<SecretRow> Told(IReadOnlyList<SecretRow> rows, string[] named) =>
        [.. rows.Where(row => named.Length == 0 || row.Problem is not null || named.Contains(row.Provider, StringComparer.OrdinalIgnoreCase))];

    // As serve reads them: a profile chosen by configuration changes which secrets there are.
    private static CatalogueModel Load(IReadOnlyList<string> catalogue)
    {
        try
        {
            var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value));
            var configuration = GatewayConfiguration.Build(variables, File.Exists(ConfigName) ? ConfigName : null);
            return new CatalogueSource(catalogue, profiles: ProviderProfiles.Read(configuration)).Load();
        }
        catch (Exception problem) when (problem is CatalogueException or FormatException)
        {
            throw new CommandFailure(problem.Message, ExitCode.Usage, problem);
        }
    }

    private static Task PrintAsync(IReadOnlyList<SecretRow> rows, TextWriter output)
    {
        var table = Tables.New("provider", "purpose", "secret", "where from", "present", "permissions", "used by");
        foreach (var row in rows)
        {
            Tables.AddRow(table, row.Provider, row.Purpose, row.Secret, row.Source, row.Present ? "yes" : "no", row.Permissions, Used(row));
        }

        Tables.On(output).Write(table);
        foreach (var row in rows.Where(row => row.Problem is not null))
        {
            output.WriteLine($"{(row.Provider is null ? "" : $"{row.Provider}: ")}{row.Secret}: {row.Problem}");
        }

        return Task.CompletedTask;
    }

    private static string Used(SecretRow row) => row.Endpoints.Count switch
    {
        0 => "nothing",
        <= 4 => string.Join(", ", row.Endpoints),
        _ => $"{string.Join(", ", row.Endpoints.Take(3))} and {row.Endpoints.Count - 3} more",
    };
}
