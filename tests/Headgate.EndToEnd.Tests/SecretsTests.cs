using System.Net;
using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>Secrets that the gate brings: where they are taken from, which call carries which, and that no command tells one.</summary>
public sealed class SecretsTests
{
    private const string Mark = "q7vfindme";

    [Fact]
    public async Task The_check_tells_where_each_secret_comes_from_by_purpose_and_never_the_secret()
    {
        using var data = new TemporaryDirectory();
        WriteSecrets(data, UnixFileMode.UserRead | UnixFileMode.UserWrite, $"NEWSAPI_KEY = n{Mark}\nTYPO_KEY = t{Mark}\nFINNHUB_API_KEY = file{Mark}\n");
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HEADGATE_PROVIDERS__ALPHAVANTAGE__PROFILE"] = "four-keys",
            ["HEADGATE_SECRETS__ALPHA_VANTAGE_PRICES_KEY"] = $"p{Mark}",
            ["FINNHUB_API_KEY"] = $"old{Mark}",
            ["HEADGATE_SECRETS__ALPACA_API_KEY"] = $"half{Mark}",
        };
        var text = await CheckAsync(data, variables);
        var json = await CheckAsync(data, variables, "--json");
        (text.ExitCode, json.ExitCode).ShouldBe((1, 1), "half of Alpaca's credential is there");
        (text.Output + text.Error + json.Output + json.Error).ShouldNotContain(Mark);
        text.Output.ShouldContain("alpaca: ALPACA_API_SECRET: set HEADGATE_SECRETS__ALPACA_API_SECRET");

        var rows = JsonDocument.Parse(json.Output).RootElement.GetProperty("secrets").EnumerateArray().ToDictionary(row => row.GetProperty("secret").GetString()!);
        Told(rows["ALPHA_VANTAGE_PRICES_KEY"]).ShouldBe(("alphavantage", "prices", "HEADGATE_SECRETS__ALPHA_VANTAGE_PRICES_KEY", true));
        rows["ALPHA_VANTAGE_PRICES_KEY"].GetProperty("endpoints").EnumerateArray().Select(name => name.GetString()).ShouldContain("global-quote");
        Told(rows["ALPHA_VANTAGE_MACRO_KEY"]).ShouldBe(("alphavantage", "macro", null, false));
        Told(rows["FINNHUB_API_KEY"]).ShouldBe(("finnhub", null, "FINNHUB_API_KEY", true), "an older variable goes before the file");
        Told(rows["NEWSAPI_KEY"]).ShouldBe(("newsapi", null, data.File("secrets"), true));
        rows["NEWSAPI_KEY"].GetProperty("permissions").GetString().ShouldBe("ok");
        rows["TYPO_KEY"].GetProperty("problem").GetString().ShouldNotBeNull().ShouldContain("misspelt");
    }

    [Fact]
    public async Task A_named_provider_must_have_its_secrets_others_need_none()
    {
        using var data = new TemporaryDirectory();
        (await CheckAsync(data, [])).ExitCode.ShouldBe(0);
        (await CheckAsync(data, [], "finnhub")).ExitCode.ShouldBe(1);
        (await CheckAsync(data, new(StringComparer.Ordinal) { ["HEADGATE_SECRETS__FINNHUB_API_KEY"] = Mark }, "finnhub")).ExitCode.ShouldBe(0);
        (await CheckAsync(data, [], "nobody")).ExitCode.ShouldBe(4);
    }

    [Fact]
    public async Task A_file_that_others_may_read_is_refused_with_the_remedy_by_check_and_serve()
    {
        using var data = new TemporaryDirectory();
        WriteSecrets(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, $"NEWSAPI_KEY = {Mark}\n");
        var check = await CheckAsync(data, [], "--json");
        check.ExitCode.ShouldBe(1);
        check.Error.ShouldContain($"chmod 600 {data.File("secrets")}");
        JsonDocument.Parse(check.Output).RootElement.GetProperty("secrets").EnumerateArray().First().GetProperty("permissions").GetString().ShouldBe("wide");
        var serve = await ChildProcess.RunAsync(
            GateProcess.Executable, ["serve", "--data-dir", data.Path], TimeSpan.FromSeconds(30), GateProcess.Environment(new Uri($"http://127.0.0.1:{FreePorts.Take()}")));
        serve.ExitCode.ShouldBe(1);
        serve.Error.ShouldContain("chmod 600");
        (check.Error + serve.Output + serve.Error).ShouldNotContain(Mark);
    }

    [Fact]
    public async Task Each_call_carries_the_key_of_its_purpose_and_an_own_name_goes_before_an_older_one()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await CountingUpstream.StartAsync();
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HEADGATE_PROVIDERS__ALPHAVANTAGE__BASEURL"] = upstream.Address.ToString(),
            ["HEADGATE_PROVIDERS__ALPHAVANTAGE__PROFILE"] = "four-keys",
            ["HEADGATE_SECRETS__ALPHA_VANTAGE_PRICES_KEY"] = "prices-key",
            ["HEADGATE_SECRETS__ALPHA_VANTAGE_SENTIMENT_KEY"] = "sentiment-key",
            ["HEADGATE_PROVIDERS__CRYPTOMETER__BASEURL"] = upstream.Address.ToString(),
            ["CRYPTOMETER_API_KEY"] = "older-name",
            ["HEADGATE_SECRETS__CRYPTOMETER_API_KEY"] = "own-name",
            ["REDIS_URL"] = $"redis://user:{Mark}@cache.internal:6379/2?password={Mark}",
        };
        ProcessResult ended;
        await using (var gate = await GateProcess.StartAsync(data.Path, [], variables))
        {
            await gate.AskAsync("/alphavantage/query?function=GLOBAL_QUOTE&symbol=IBM");
            await gate.AskAsync("/alphavantage/query?function=NEWS_SENTIMENT&tickers=IBM");
            await gate.AskAsync("/alphavantage/query?function=OVERVIEW&symbol=IBM&apikey=callers-own");
            await gate.AskAsync("/cryptometer/coinlist?e=binance");
            ended = await gate.TerminateAsync();
        }

        upstream.Targets.ShouldContain("/query?function=GLOBAL_QUOTE&symbol=IBM&apikey=prices-key");
        upstream.Targets.ShouldContain("/query?function=NEWS_SENTIMENT&tickers=IBM&apikey=sentiment-key");
        upstream.Targets.ShouldContain("/query?function=OVERVIEW&symbol=IBM&apikey=callers-own");
        upstream.Targets.ShouldContain("/coinlist?e=binance&api_key=own-name");
        ended.Error.ShouldContain("REDIS_URL (redis://***@cache.internal:6379/2) is not used while the embedded store serves");
        ended.ToString().ShouldNotContain(Mark);
    }

    private static (string? Provider, string? Purpose, string? Source, bool Present) Told(JsonElement row) =>
        (Text(row, "provider"), Text(row, "purpose"), Text(row, "source"), row.GetProperty("present").GetBoolean());

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Task<ProcessResult> CheckAsync(TemporaryDirectory data, Dictionary<string, string?> variables, params string[] more) => ChildProcess.RunAsync(
        GateProcess.Executable, ["secrets", "check", "--data-dir", data.Path, .. more], TimeSpan.FromSeconds(30), GateProcess.Environment(new Uri("http://127.0.0.1:1"), variables), data.Path);

    private static void WriteSecrets(TemporaryDirectory data, UnixFileMode mode, string text)
    {
        File.WriteAllText(data.File("secrets"), text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(data.File("secrets"), mode);
        }
    }
}
