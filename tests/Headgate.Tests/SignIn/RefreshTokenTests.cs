using System.Text;
using Headgate.SignIn;
using Headgate.Simulation;
using Headgate.Tests.Providers;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Providers;

namespace Headgate.Tests.SignIn;

/// <summary>Questrade: the gate signs on by itself with refresh tokens that are redeemed once.</summary>
public sealed class RefreshTokenTests
{
    private const string Quote = "/v1/markets/quotes?ids=38738";
    private const string Login = "/oauth2/token";
    private const string Name = "questrade@login.questrade.com";

    private readonly QuestradeTwin _twin = new("first");
    private readonly SignInWorld _world;

    public RefreshTokenTests()
    {
        _world = new SignInWorld(_twin);
        _world.Secrets["QUESTRADE_REFRESH_TOKEN"] = "first";
    }

    [Fact]
    public void What_goes_under_the_gates_login_can_be_watched_and_without_one_the_secret_is_named() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        var watch = new Headgate.Refresh.Watch { Name = "quote", Provider = "questrade", Target = Quote, Interval = TimeSpan.FromMinutes(5) };
        gate.Engine.Refresh.PlanReads([watch]).Reads.Keys.ShouldBe(["quote"]);
        gate.Kill();
        _world.Secrets.Clear();
        gate = await _world.StartAsync();
        gate.Engine.Refresh.PlanReads([watch]).Problems["quote"].ShouldContain("QUESTRADE_REFRESH_TOKEN");
    });

    [Fact]
    public void Once_a_token_was_redeemed_the_secret_may_go_without_a_restart() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        var watch = new Headgate.Refresh.Watch { Name = "quote", Provider = "questrade", Target = Quote, Interval = TimeSpan.FromMinutes(5) };
        (await gate.Get(Quote)).Status.ShouldBe(200);
        _world.Secrets.Clear();
        gate.Engine.Refresh.PlanReads([watch]).Reads.Keys.ShouldBe(["quote"]);
    });

    [Fact]
    public void A_read_without_a_token_goes_under_the_gates_login_at_the_server_it_named() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        (await gate.Get(Quote)).Body.ShouldContain("\"symbolId\":38738");
        _world.Calls.Count.ShouldBe(2);
        _world.Calls[0].Origin.ShouldBe(new Uri("https://login.questrade.com"));
        (_world.Calls[0].Method, _world.Calls[0].Target).ShouldBe(("POST", Login));
        Encoding.UTF8.GetString(_world.Calls[0].Body.Span).ShouldBe("grant_type=refresh_token&refresh_token=first");
        _world.Calls[1].Origin.ShouldBe(new Uri("https://api02.iq.questrade.com"));
        _world.Calls[1].Headers.Single(header => header.Is("Authorization")).Value.ShouldBe("Bearer access-1");
        gate.Alerts.ShouldBeEmpty();
        gate.Engine.Stats().Single(endpoint => endpoint.Endpoint == "questrade.login").Calls.ShouldBe(1);
    });

    [Fact]
    public void However_many_ask_at_once_there_is_one_login() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        foreach (var asked in Enumerable.Range(0, 30).Select(i => gate.Get(i % 3 == 0 ? "/v1/accounts" : $"/v1/markets/quotes?ids={8000 + i}")).ToList())
        {
            (await asked).Status.ShouldBe(200);
        }

        _world.Logins.ShouldBe(1);
        _twin.Counters.Violations.ShouldBe(0);
    });

    [Fact]
    public void An_access_token_is_used_until_five_minutes_before_its_end_and_the_next_refresh_token_renews_it() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        await gate.Get(Quote);
        await Task.Delay(TimeSpan.FromMinutes(24.9), _world.Time);
        await gate.Get(Quote);
        _world.Logins.ShouldBe(1);
        await Task.Delay(TimeSpan.FromMinutes(0.2), _world.Time);
        (await gate.Get(Quote)).Status.ShouldBe(200);
        _world.Logins.ShouldBe(2);
        Encoding.UTF8.GetString(_world.Calls.Last(call => call.Target == Login).Body.Span).ShouldEndWith("refresh_token=first.1");
    });

    [Fact]
    public void A_restart_goes_on_with_the_access_token_and_later_with_the_stored_refresh_token() => _world.Run(async () =>
    {
        await (await _world.StartAsync()).Get(Quote);
        _world.Secrets.Clear();
        var second = await _world.StartAsync();
        (await second.Get(Quote)).Status.ShouldBe(200);
        _world.Logins.ShouldBe(1);
        await Task.Delay(TimeSpan.FromHours(1), _world.Time);
        var third = await _world.StartAsync();
        (await third.Get(Quote)).Status.ShouldBe(200);
        _world.Logins.ShouldBe(2);
        _twin.Counters.Violations.ShouldBe(0);
    });

    [Fact]
    public void A_refused_access_token_costs_one_login_and_one_more_charged_call() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        await gate.Get(Quote);
        await gate.Get("/v1/time");
        await Task.Delay(TimeSpan.FromMinutes(2), _world.Time);
        _twin.RevokeAccess();
        var before = (_world.Calls.Count, _world.Ledger(gate).Charges);
        (await gate.Get(Quote)).Status.ShouldBe(200);
        (_world.Calls.Count - before.Count, _world.Ledger(gate).Charges - before.Charges).ShouldBe((3, 3));
        await Task.Delay(TimeSpan.FromMinutes(2), _world.Time);
        _twin.RevokeAccess();
        // What is never kept is a read all the same.
        (await gate.Get("/v1/time")).Status.ShouldBe(200);
        _world.Logins.ShouldBe(3);
    });

    [Fact]
    public void A_token_just_given_that_is_refused_is_not_asked_for_again() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        await gate.Get(Quote);
        _twin.RevokeAccess();
        (await gate.Get("/v1/markets/quotes?ids=1")).Status.ShouldBe(401);
        (await gate.Get("/v1/markets/quotes?ids=2")).Status.ShouldBe(401);
        _world.Logins.ShouldBe(1);
    });

    [Fact]
    public void A_caller_with_a_token_of_its_own_and_a_writer_without_one_do_not_get_the_gates() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        (await gate.Get(Quote, "Bearer demo")).Status.ShouldBe(200);
        (await gate.Send("POST", "/v1/accounts/1/orders", form: "{}")).Status.ShouldBe(401);
        _world.Logins.ShouldBe(0);
        // Nor does one see what came under the other's login.
        await gate.Get("/v1/accounts");
        var calls = _world.Calls.Count;
        await gate.Get("/v1/accounts", "Bearer demo");
        _world.Calls.Count.ShouldBe(calls + 1);
    });

    [Fact]
    public void An_idle_gate_redeems_twice_a_day_so_that_the_token_never_lapses() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        await gate.Get(Quote);
        await Task.Delay(TimeSpan.FromDays(30), _world.Time);
        _world.Logins.ShouldBe(60);
        (await gate.Get("/v1/markets/quotes?ids=5")).Status.ShouldBe(200);
        _twin.Counters.Violations.ShouldBe(0);
    });

    [Fact]
    public void A_supplied_token_that_nobody_needs_is_redeemed_before_it_lapses() => _world.Run(async () =>
    {
        await _world.StartAsync();
        await Task.Delay(TimeSpan.FromHours(13), _world.Time);
        _world.Logins.ShouldBe(1);
        _world.Vault.Find(Name)!.Token.ShouldBe("first.1");
    });

    [Fact]
    public void A_revoked_token_stops_the_gate_with_one_alert_that_names_the_remedy_and_another_token_is_the_remedy() => _world.Run(async () =>
    {
        _twin.Login("second");
        var gate = await _world.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            var seen = await gate.Get(Quote);
            (seen.Status, seen.Refusal).ShouldBe((503, RefusalKind.CredentialClosed));
            await Task.Delay(TimeSpan.FromMinutes(10), _world.Time);
        }

        _world.Calls.Count.ShouldBe(1);
        gate.Alerts.Count.ShouldBe(1);
        gate.Alerts[0].Remedy.ShouldContain("QUESTRADE_REFRESH_TOKEN");
        gate.Engine.Alerts.Single().Key.ShouldBe("sign-in/questrade");
        _world.Secrets["QUESTRADE_REFRESH_TOKEN"] = "second";
        (await gate.Get(Quote)).Status.ShouldBe(200);
        gate.Engine.Alerts.ShouldBeEmpty();
        gate.Alerts.Count.ShouldBe(1);
    });

    [Fact]
    public void A_stale_answer_stands_in_while_the_gate_cannot_sign_on() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        var fresh = await gate.Get(Quote);
        await Task.Delay(TimeSpan.FromMinutes(5), _world.Time);
        _twin.RevokeAccess();
        _twin.Login("second");
        var stale = await gate.Get(Quote);
        (stale.Kind, stale.Body).ShouldBe((FetchKind.Stale, fresh.Body));
        gate.Alerts.Count.ShouldBe(1);
    });

    [Theory]
    [InlineData(TwinFaultKind.ServerError, 503)]
    [InlineData(TwinFaultKind.TooManyRequests, 429)]
    public void A_login_that_is_turned_away_at_the_door_is_tried_again_with_the_same_token(TwinFaultKind kind, int status) => _world.Run(async () =>
    {
        _world.Fault(new TwinFault(kind) { Status = status }, Login);
        var gate = await _world.StartAsync();
        (await gate.Get(Quote)).Status.ShouldBe(503);
        await Task.Delay(TimeSpan.FromMinutes(1), _world.Time);
        (await gate.Get(Quote)).Status.ShouldBe(200);
        (gate.Alerts.Count, _world.Logins, _twin.Counters.ViolationsOf(QuestradeTwin.ReuseRule)).ShouldBe((0, 2, 0));
    });

    [Fact]
    public void A_login_that_could_not_be_reached_is_tried_again_with_the_same_token() => _world.Run(async () =>
    {
        var fate = _world.Transport.Fate;
        _world.Transport.Fate = call => fate(call) with { Fault = NetworkFault.Refused };
        var gate = await _world.StartAsync();
        (await gate.Get(Quote)).Status.ShouldBe(503);
        _world.Transport.Fate = fate;
        await Task.Delay(TimeSpan.FromMinutes(1), _world.Time);
        (await gate.Get(Quote)).Status.ShouldBe(200);
        gate.Alerts.ShouldBeEmpty();
    });

    [Theory]
    [InlineData(TwinFaultKind.Reset)]
    [InlineData(TwinFaultKind.Close)]
    [InlineData(TwinFaultKind.Hang)]
    [InlineData(TwinFaultKind.Truncated)]
    [InlineData(TwinFaultKind.GarbageBody)]
    [InlineData(TwinFaultKind.EmptyBody)]
    public void A_login_whose_outcome_is_lost_is_never_tried_again(TwinFaultKind kind) => _world.Run(async () =>
    {
        _world.Fault(new TwinFault(kind), Login);
        var gate = await _world.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            (await gate.Get(Quote)).Status.ShouldBe(503);
            await Task.Delay(TimeSpan.FromHours(9), _world.Time);
        }

        (_world.Logins, _twin.Redeemed, gate.Alerts.Count).ShouldBe((1, 1, 1));
        var next = await _world.StartAsync();
        (await next.Get(Quote)).Status.ShouldBe(503);
        (_world.Logins, next.Alerts.Count).ShouldBe((1, 1));
        _twin.Login("second");
        _world.Secrets["QUESTRADE_REFRESH_TOKEN"] = "second";
        await Task.Delay(TimeSpan.FromMinutes(1), _world.Time);
        (await next.Get(Quote)).Status.ShouldBe(200);
    });

    [Fact]
    public void A_full_disk_before_the_login_sends_nothing_and_one_after_it_uses_nothing_until_the_new_token_is_stored() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        gate.Vault.IsHealthy = false;
        (await gate.Get(Quote)).Refusal.ShouldBe(RefusalKind.LedgerUnwritable);
        _world.Calls.ShouldBeEmpty();
        _world.Transport.Heard = (_, _) => gate.Vault.IsHealthy = false;
        gate.Vault.IsHealthy = true;
        await Task.Delay(TimeSpan.FromSeconds(2), _world.Time);
        (await gate.Get(Quote)).Refusal.ShouldBe(RefusalKind.LedgerUnwritable);
        await Task.Delay(TimeSpan.FromMinutes(3), _world.Time);
        _world.Calls.Count.ShouldBe(1);
        (_world.Transport.Heard, gate.Vault.IsHealthy) = (null, true);
        await Task.Delay(TimeSpan.FromSeconds(2), _world.Time);
        (await gate.Get(Quote)).Status.ShouldBe(200);
        (_world.Logins, gate.Alerts.Count, _world.Vault.Find(Name)!.Token).ShouldBe((1, 0, "first.1"));
    });

    [Fact]
    public void Two_gates_over_one_vault_never_redeem_the_same_token() => _world.Run(async () =>
    {
        var one = await _world.StartAsync();
        var other = await _world.StartAsync(ledgers: new LedgerDisk());
        for (var i = 0; i < 6; i++)
        {
            var (asked, too) = (one.Get(Quote), other.Get(Quote));
            await asked;
            await too;
            await Task.Delay(TimeSpan.FromSeconds(3), _world.Time);
            (await other.Get(Quote)).Status.ShouldBe(200);
            (await one.Get(Quote)).Status.ShouldBe(200);
            await Task.Delay(TimeSpan.FromMinutes(31), _world.Time);
        }

        (_world.Logins, _twin.Redeemed, _twin.Counters.ViolationsOf(QuestradeTwin.ReuseRule)).ShouldBe((6, 6, 0));
        (one.Alerts.Count + other.Alerts.Count).ShouldBe(0);
    });

    [Fact]
    public void A_login_that_leads_to_a_host_the_definition_does_not_name_is_not_followed()
    {
        var twin = new QuestradeTwin("first");
        var world = new SignInWorld(twin);
        world.Secrets["QUESTRADE_REFRESH_TOKEN"] = "first";
        world.Run(async () =>
        {
            world.Fault(
                new TwinFault(TwinFaultKind.CustomBody)
                {
                    Status = 200,
                    ContentType = "application/json",
                    Body = """{"access_token":"a","refresh_token":"b","expires_in":1800,"api_server":"https://iq.questrade.com.evil.example/"}"""u8.ToArray(),
                },
                Login);
            var gate = await world.StartAsync();
            (await gate.Get(Quote)).Status.ShouldBe(503);
            world.Calls.Count.ShouldBe(1);
            gate.Alerts.Single().Message.ShouldContain("evil.example");
            // The token that came with it is kept: it is the only one there is.
            world.Vault.Find(Name)!.Token.ShouldBe("b");
        });
    }

    [Fact]
    public void A_clients_own_login_is_passed_once_never_kept_and_leads_back_to_the_gate() => _world.Run(async () =>
    {
        _world.Secrets.Clear();
        var gate = await _world.StartAsync();
        var address = new Uri("http://127.0.0.1:7070/questrade/");
        var seen = await gate.Send("POST", Login, form: "grant_type=refresh_token&refresh_token=first", address: address);
        seen.Body.ShouldContain("\"api_server\":\"http://127.0.0.1:7070/questrade/\"");
        seen.Body.ShouldContain("\"access_token\":\"access-1\"");
        (await gate.Get(Quote, "Bearer access-1")).Status.ShouldBe(200);
        _world.Calls[1].Origin.ShouldBe(new Uri("https://api02.iq.questrade.com"));
        // The same again is asked again.
        (await gate.Send("GET", $"{Login}?grant_type=refresh_token&refresh_token=first.1", address: address)).Body.ShouldContain("access-2");
        _twin.Redeemed.ShouldBe(2);
        _world.Vault.Names.ShouldBeEmpty();
    });

    [Fact]
    public void Nothing_that_is_told_or_recorded_holds_a_token() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        await gate.Get(Quote);
        _twin.Login("second");
        await Task.Delay(TimeSpan.FromHours(1), _world.Time);
        await gate.Get(Quote);
        var told = string.Join('\n', Enumerable.Range(1, 40).Select(id => gate.Engine.Explain(id)?.ToString() ?? "").Concat(gate.Alerts.Select(alert => alert.ToString())).Concat(gate.Problems.Select(problem => problem.ToString())).Append(gate.LastDetail ?? ""));
        told.ShouldNotContain("first");
        told.ShouldNotContain("access-");
    });
}
