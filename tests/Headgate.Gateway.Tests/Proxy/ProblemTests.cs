using Headgate.Gateway.Configuration;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>http-contract "Errors": the gate's own are problem+json always, or the provider's dialect where chosen.</summary>
public sealed class ProblemTests
{
    public static TheoryData<RefusalKind, int, string> Kinds() => new()
    {
        { RefusalKind.Limited, 429, "limited" },
        { RefusalKind.BreakerOpen, 503, "breaker-open" },
        { RefusalKind.UpstreamUnusable, 502, "upstream-unusable" },
        { RefusalKind.UpstreamTimeout, 504, "upstream-timeout" },
        { RefusalKind.OutcomeUnknown, 502, "outcome-unknown" },
        { RefusalKind.NotCached, 504, "not-cached" },
        { RefusalKind.LedgerUnwritable, 503, "ledger-unwritable" },
        { RefusalKind.Overloaded, 503, "overloaded" },
        { RefusalKind.Offline, 503, "offline" },
        { RefusalKind.CredentialClosed, 503, "credential-closed" },
        { RefusalKind.Unfit, 415, "content-unfit" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_refusal_has_its_stable_type_and_numeric_status(RefusalKind kind, int status, string type)
    {
        await using var gate = await Gate.Start();
        gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Refused(kind, status));
        var answer = await gate.Get("/test/quote");
        answer.Status.ShouldBe(status);
        answer["Content-Type"].ShouldBe("application/problem+json");
        answer.Type.ShouldBe(type);
        answer.Json.GetProperty("status").GetInt32().ShouldBe(status);
        answer.Json.GetProperty("detail").GetString().ShouldBe("Why \"it\" is.");
        answer.Json.GetProperty("requestId").GetString().ShouldBe(answer["Headgate-Request-Id"]);
        answer.Json.GetProperty("limit").GetString().ShouldBe("test.quote");
        answer["Cache-Status"].ShouldBe($"headgate; fwd=miss; detail={type}");
        answer["Retry-After"].ShouldBeNull();
        answer["Cache-Control"].ShouldBe("no-store", "it is about this moment and this asker");
    }

    [Fact]
    public async Task Retry_After_is_rounded_up_and_retryAt_is_in_milliseconds()
    {
        await using var gate = await Gate.Start();
        var retryAt = gate.Engine.Clock.Now + TimeSpan.FromSeconds(2.4);
        gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Refused(RefusalKind.Limited, 429, retryAt, "uri-miss"));
        var answer = await gate.Get("/test/quote");
        answer["Retry-After"].ShouldBe("3");
        answer.Json.GetProperty("retryAt").GetInt64().ShouldBe(retryAt.ToUnixMilliseconds());
        answer["Cache-Status"].ShouldBe("headgate; fwd=uri-miss; detail=limited");
        gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Refused(RefusalKind.Limited, 429, gate.Engine.Clock.Now));
        (await gate.Get("/test/quote"))["Retry-After"].ShouldBe("1");
    }

    [Fact]
    public async Task Provider_members_are_extensions_where_they_do_not_collide()
    {
        await using var gate = await Gate.Start(new ScriptedEngine(Models.Provider("kite", Models.Kite)));
        gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Refused(RefusalKind.Limited, 429));
        var answer = await gate.Get("/kite/quote");
        answer.Json.GetProperty("error_type").GetString().ShouldBe("NetworkException");
        answer.Json.GetProperty("message").GetString().ShouldBe("Why \"it\" is.");
        answer.Json.GetProperty("data").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        answer.Json.GetProperty("status").GetInt32().ShouldBe(429);
        answer.Json.GetProperty("detail").GetString().ShouldBe("Why \"it\" is.");
    }

    [Fact]
    public async Task A_client_profile_or_a_listener_may_choose_the_providers_exact_envelope()
    {
        await using var gate = await Gate.Start(new ScriptedEngine(Models.Provider("kite", Models.Kite)), new GatewayOptions
        {
            Clients = new Dictionary<string, ClientProfile> { ["old_bot"] = new() { Errors = ErrorStyle.Dialect }, ["new_bot"] = new() { Errors = ErrorStyle.Problem } },
            Providers = new Dictionary<string, ProviderSettings> { ["kite"] = new() { Listen = Gate.AnyPort, Errors = ErrorStyle.Dialect } },
        });
        gate.Engine.Fetch = (_, _) => Task.FromResult(Results.Refused(RefusalKind.Limited, 429));
        const string Exact = "{\"status\":\"error\",\"message\":\"Why \\\"it\\\" is.\",\"data\":null,\"error_type\":\"NetworkException\",\"retryAt\":null,\"code\":429}";
        var byProfile = await gate.Get("/kite/quote", "Headgate-Client: old_bot");
        byProfile.Body.ShouldBe(Exact);
        byProfile["Content-Type"].ShouldBe("application/json; charset=utf-8");
        (await gate.Get("/kite/quote"))["Content-Type"].ShouldBe("application/problem+json");
        using var mounted = new RawClient(gate.UrlOf("kite"));
        (await mounted.Get("/quote")).Body.ShouldBe(Exact);
        (await mounted.Get("/quote", "Headgate-Client: new_bot"))["Content-Type"].ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task An_unknown_provider_is_404_and_what_fails_inside_is_500_without_its_text()
    {
        await using var gate = await Gate.Start();
        (await gate.Get("/nobody/x")).Type.ShouldBe("not-found");
        gate.Engine.Fetch = (_, _) => throw new InvalidOperationException("secret");
        var answer = await gate.Get("/test/quote");
        answer.Status.ShouldBe(500);
        answer.Type.ShouldBe("internal");
        answer.Body.ShouldNotContain("secret");
        gate.Engine.Hit = _ => throw new InvalidOperationException("secret");
        (await gate.Get("/test/quote")).Status.ShouldBe(500);
    }
}
