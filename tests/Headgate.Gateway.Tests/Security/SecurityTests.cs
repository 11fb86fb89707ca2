using Headgate.Gateway.Configuration;
using Headgate.Gateway.Security;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Security;

/// <summary>design §8, on sockets.</summary>
public sealed class SecurityTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly string _bot = TokenVault.NewToken();
    private readonly string _admin = TokenVault.NewToken();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.0.2.1:0")]
    public async Task On_any_other_address_than_loopback_it_refuses_to_start_without_client_tokens(string address)
    {
        var error = await Should.ThrowAsync<GatewayStartException>(() => Gate.Start(options: new GatewayOptions { Listen = [ListenAddress.Parse(address)] }));
        error.Message.ShouldContain("tokenFile");
        await Should.ThrowAsync<GatewayStartException>(() => Gate.Start(options: new GatewayOptions
        {
            Providers = new Dictionary<string, ProviderSettings> { ["test"] = new() { Listen = ListenAddress.Parse(address) } },
        }));
    }

    [Fact]
    public async Task Beyond_loopback_a_token_is_asked_for_and_scoped_to_providers()
    {
        await using var gate = await Open();
        gate.Engine.Hit = _ => Results.Of(Results.Entry("x"));
        using var client = gate.Client();
        var bare = await client.Get("/test/quote");
        bare.Status.ShouldBe(401);
        bare.Type.ShouldBe("token-required");
        bare["WWW-Authenticate"].ShouldBe("Bearer realm=\"headgate\"");
        (await client.Get("/test/quote", "Headgate-Token: wrong")).Status.ShouldBe(401);
        (await client.Get("/test/quote", $"Authorization: Bearer {_bot}")).Status.ShouldBe(401);
        (await client.Get("/test/quote", $"Headgate-Token: {_bot}")).Status.ShouldBe(200);
        (await client.Get("/test/quote", $"Proxy-Authorization: Bearer {_bot}")).Status.ShouldBe(200);
        (await client.Get($"/t/{_bot}/test/quote?i=A")).Status.ShouldBe(200);
        (await client.Get("/t/wrong/test/quote")).Status.ShouldBe(401);
        var foreign = await client.Get("/other/quote", $"Headgate-Token: {_bot}");
        foreign.Status.ShouldBe(403);
        foreign.Type.ShouldBe("token-not-allowed");
        gate.Engine.Tried.Select(demand => demand.Request.Target).ShouldBe(["/quote", "/quote", "/quote?i=A"]);
        gate.Engine.Tried.ShouldAllBe(demand => demand.Client == "bot" && demand.Request.Headers.Count == 0);
    }

    [Fact]
    public async Task The_management_API_takes_admin_tokens_only_and_health_none()
    {
        await using var gate = await Open();
        (await gate.Get("/api/v1/gate/stats")).Status.ShouldBe(401);
        (await gate.Get("/metrics")).Status.ShouldBe(401);
        (await gate.Get("/api/v1/gate/stats", $"Headgate-Token: {_bot}")).Status.ShouldBe(403);
        (await gate.Get("/api/v1/gate/stats", $"Authorization: Bearer {_admin}")).Status.ShouldBe(200);
        (await gate.Get("/health/live")).Status.ShouldBe(200);
        (await gate.Get("/")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Host: evil.example", "foreign-host")]
    [InlineData("Host: 127.0.0.1.evil.example", "foreign-host")]
    [InlineData("Host: 192.0.2.7:7070", "foreign-host")]
    [InlineData("Sec-Fetch-Site: cross-site", "foreign-origin")]
    [InlineData("Origin: https://evil.example", "foreign-origin")]
    [InlineData("Origin: null", "foreign-origin")]
    [InlineData("Origin: http://127.0.0.1:1", "foreign-origin")]
    public async Task Other_pages_and_names_reach_neither_the_API_nor_a_provider_into_which_a_secret_is_injected(string header, string type)
    {
        await using var gate = await Gate.Start(new ScriptedEngine(Models.Provider("test"), Models.Provider("held", injects: true)));
        gate.Engine.Hit = _ => Results.Of(Results.Entry("x"));
        foreach (var target in new[] { "/api/v1/gate/stats", "/metrics", "/held/quote" })
        {
            var answer = await gate.Get(target, header);
            answer.Status.ShouldBe(403);
            answer.Type.ShouldBe(type);
        }

        gate.Engine.Tried.ShouldBeEmpty();
        (await gate.Get("/test/quote", header)).Status.ShouldBe(200);
        (await gate.Get("/held/quote", header, "Authorization: token own")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Host: localhost:99")]
    [InlineData("Host: [::1]")]
    [InlineData("Host: 127.0.0.2")]
    [InlineData("Host: gate.lan:80")]
    [InlineData("Sec-Fetch-Site: same-origin")]
    public async Task Loopback_names_bound_addresses_and_configured_hosts_are_the_gates_own(string header)
    {
        await using var gate = await Gate.Start(options: new GatewayOptions { Hosts = ["gate.lan"] });
        var answer = await gate.Get("/api/v1/gate/stats", header);
        answer.Status.ShouldBe(200);
        answer.Headers.ShouldNotContain(field => field.Name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        (await gate.Get("/api/v1/gate/stats", "Host: localhost:5", "Origin: http://localhost:5")).Status.ShouldBe(200);
    }

    [Fact]
    public void Token_files_hold_hashes_and_an_unreadable_line_is_named_without_its_text()
    {
        var line = TokenVault.Line("bot", _bot, ["kite", "binance"]);
        line.ShouldNotContain(_bot);
        var vault = TokenVault.Parse(["# comment", "", line + " # note"], "tokens");
        vault.Find(_bot)!.Allows("KITE").ShouldBeTrue();
        vault.Find(_bot)!.Allows("other").ShouldBeFalse();
        vault.Find(_bot + "x").ShouldBeNull();
        vault.Find("").ShouldBeNull();
        vault.Find(new string('x', 10_000)).ShouldBeNull();
        var error = Should.Throw<FormatException>(() => TokenVault.Parse([line, "bot secret-token kite"], "tokens"));
        error.Message.ShouldStartWith("tokens:2:");
        error.Message.ShouldNotContain("secret-token");
        TokenVault.Parse([TokenVault.Line("all", _bot, ["*"])], "t").Find(_bot)!.IsAdmin.ShouldBeFalse();
    }

    private async Task<Gate> Open()
    {
        await File.WriteAllLinesAsync(_file, [TokenVault.Line("bot", _bot, ["test"]), TokenVault.Line("ops", _admin, ["admin"])]);
        return await Gate.Start(
            new ScriptedEngine(Models.Provider("test"), Models.Provider("other")),
            new GatewayOptions { Listen = [ListenAddress.Parse("http://*:0")], TokenFile = _file });
    }
}
