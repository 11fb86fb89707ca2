using System.Net;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Testing;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Providers;

namespace Headgate.EndToEnd.Tests;

/// <summary>A gate that signs on at Questrade by itself, on real sockets and files.</summary>
public sealed class SignInTests
{
    private const string First = "refresh-kq7vfindme";
    private const string Quotes = "/questrade/v1/markets/quotes?ids=38738,199";

    [Fact]
    public async Task The_gates_login_survives_kill_and_is_told_when_a_person_must_mend_it()
    {
        using var data = new TemporaryDirectory();
        var twin = new QuestradeTwin(First);
        await using var upstream = await TwinHost.StartAsync(twin, TimeProvider.System);
        await using (var gate = await StartAsync(data, upstream, First))
        {
            var quotes = await gate.AskAsync(Quotes);
            quotes.Status.ShouldBe(HttpStatusCode.OK, quotes.ToString());
            quotes.Header("Headgate-Item-Delayed").ShouldBe("199");
            gate.KillHard();
        }

        // The first token is no longer needed, and of no use.
        await using (var gate = await StartAsync(data, upstream, token: null))
        {
            (await gate.AskAsync("/questrade/v1/accounts")).Status.ShouldBe(HttpStatusCode.OK);
            twin.Redeemed.ShouldBe(1);
            (await gate.AskAsync("/questrade/v1/accounts", headers: ("Origin", "https://evil.example"))).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await gate.RunAsync("doctor")).ExitCode.ShouldBe(0);
            gate.KillHard();
        }

        Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf("kq7vfindme"u8) >= 0 || File.ReadAllBytes(file).AsSpan().IndexOf("access-1"u8) >= 0)
            .ShouldBeEmpty();

        twin.Login("another");
        twin.RevokeAccess();
        await using (var gate = await StartAsync(data, upstream, First))
        {
            (await gate.AskAsync("/questrade/v1/time")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await gate.AskAsync("/api/v1/gate/alerts")).Body.ShouldContain("QUESTRADE_REFRESH_TOKEN");
            (await gate.RunAsync("stats")).Output.ShouldContain("ALERT sign-in/questrade");
            var doctor = await gate.RunAsync("doctor");
            doctor.ExitCode.ShouldNotBe(0);
            doctor.Output.ShouldContain("sign-in/questrade");
            gate.Process.Error.Split("ALERT").Length.ShouldBe(2);
        }

        twin.Counters.Log().Count(arrival => arrival.BrokenRule == QuestradeTwin.ReuseRule).ShouldBe(0);
        twin.Counters.Log().ShouldAllBe(arrival => !arrival.Request.RawTarget.Contains("refresh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clients_own_login_leads_it_back_to_the_gate()
    {
        using var data = new TemporaryDirectory();
        var twin = new QuestradeTwin(First);
        await using var upstream = await TwinHost.StartAsync(twin, TimeProvider.System);
        await using var gate = await StartAsync(data, upstream, token: null);
        using var form = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", First)]);
        using var login = await gate.Http.PostAsync(new Uri("/questrade/oauth2/token", UriKind.Relative), form);
        using var answer = System.Text.Json.JsonDocument.Parse(await login.Content.ReadAsStringAsync());
        var server = answer.RootElement.GetProperty("api_server").GetString();
        server.ShouldBe($"{gate.Address}questrade/");
        (await gate.AskAsync($"{server}v1/accounts", "Bearer access-1")).Status.ShouldBe(HttpStatusCode.OK);
        twin.Redeemed.ShouldBe(1);
    }

    private static Task<GateProcess> StartAsync(TemporaryDirectory data, TwinHost upstream, string? token) => GateProcess.StartAsync(
        data.Path,
        [],
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HEADGATE_PROVIDERS__QUESTRADE__BASEURL"] = upstream.Address.GetLeftPart(UriPartial.Authority),
            ["QUESTRADE_REFRESH_TOKEN"] = token,
        });
}
