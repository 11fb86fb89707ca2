using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Providers;

namespace Headgate.Tests.SignIn;

/// <summary>Yahoo: one cookie and its crumb for everybody, owned by the gate.</summary>
public sealed class CrumbTests
{
    private const string Quote = "/v7/finance/quote?symbols=AAPL";
    private const string CrumbPath = "/v1/test/getcrumb";

    private readonly YahooTwin _twin = new();
    private readonly SignInWorld _world;

    public CrumbTests() => _world = new SignInWorld(_twin);

    [Fact]
    public void The_first_quote_gets_a_cookie_and_a_crumb_and_the_next_ones_use_them() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        (await gate.Get(Quote)).Body.ShouldContain("\"symbol\":\"AAPL\"");
        _world.Calls.Select(call => call.Origin.Host + call.Target).ShouldBe(
            ["fc.yahoo.com/", $"query1.finance.yahoo.com{CrumbPath}", $"query1.finance.yahoo.com{Quote}&crumb=Cr%2F1.umb"]);
        await Task.Delay(TimeSpan.FromSeconds(5), _world.Time);
        (await gate.Get("/v7/finance/options/AAPL")).Status.ShouldBe(200);
        (await gate.Get("/v10/finance/quoteSummary/AAPL?modules=price")).Status.ShouldBe(200);
        (_twin.Issued, _world.Calls.Count, _twin.Counters.Violations).ShouldBe((1, 5, 0));
    });

    [Fact]
    public void A_callers_own_crumb_and_cookie_change_nothing_and_no_cookie_reaches_a_caller() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        var seen = await gate.Get($"/v7/finance/quote?crumb=theirs&symbols=AAPL", headers: [new HeaderField("Cookie", "A3=d=999"), new HeaderField("User-Agent", "curl")]);
        seen.Status.ShouldBe(200);
        var sent = _world.Calls.Last();
        sent.Target.ShouldBe($"{Quote}&crumb=Cr%2F1.umb");
        sent.Headers.Where(header => header.Is("Cookie")).Select(header => header.Value).ShouldBe(["A3=d=1"]);
        // The same question with another crumb, or none, is the same question.
        (await gate.Get(Quote)).Kind.ShouldBe(FetchKind.Hit);
        (await gate.Get($"{Quote}&crumb=other")).Kind.ShouldBe(FetchKind.Hit);
        var crumb = await gate.Get(CrumbPath);
        crumb.Body.ShouldBe("Cr/1.umb");
        gate.LastReply!.Headers.ShouldNotContain(header => header.Is("Set-Cookie"));
    });

    [Fact]
    public void Charts_need_no_crumb_and_wait_for_none() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        (await gate.Get("/v8/finance/chart/AAPL", headers: new HeaderField("User-Agent", "Mozilla/5.0"))).Status.ShouldBe(200);
        _world.Calls.Count.ShouldBe(1);
    });

    [Fact]
    public void An_invalid_crumb_is_renewed_once_and_the_read_asked_once_more() => _world.Run(async () =>
    {
        var gate = await _world.StartAsync();
        await gate.Get(Quote);
        await Task.Delay(TimeSpan.FromMinutes(5), _world.Time);
        _twin.Expire();
        var asked = Enumerable.Range(0, 5).Select(i => gate.Get($"/v7/finance/quote?symbols=S{i}")).ToList();
        foreach (var seen in asked)
        {
            (await seen).Status.ShouldBe(200);
        }

        (_twin.Issued, _twin.Counters.Violations).ShouldBe((2, 0));
        _world.Calls.Count.ShouldBe(3 + 4);
    });

    [Fact]
    public void A_pair_survives_a_restart() => _world.Run(async () =>
    {
        await (await _world.StartAsync()).Get(Quote);
        await Task.Delay(TimeSpan.FromSeconds(5), _world.Time);
        (await (await _world.StartAsync()).Get("/v7/finance/quote?symbols=MSFT")).Status.ShouldBe(200);
        (_twin.Issued, _world.Calls.Count).ShouldBe((1, 4));
        _twin.Expire();
        await Task.Delay(TimeSpan.FromSeconds(5), _world.Time);
        (await (await _world.StartAsync()).Get("/v7/finance/quote?symbols=TSLA")).Status.ShouldBe(200);
        _twin.Issued.ShouldBe(2);
    });

    [Fact]
    public void A_consent_form_is_agreed_to_on_the_way_to_the_cookie()
    {
        var twin = new YahooTwin(asksConsent: true);
        var world = new SignInWorld(twin);
        world.Run(async () =>
        {
            var gate = await world.StartAsync();
            (await gate.Get(Quote)).Status.ShouldBe(200);
            world.Calls.Select(call => $"{call.Method} {call.Origin.Host}{call.Target.Split('?')[0]}").ShouldBe(
            [
                "GET fc.yahoo.com/", "GET guce.yahoo.com/consent", "GET consent.yahoo.com/v2/collectConsent", "POST consent.yahoo.com/v2/collectConsent",
                "GET guce.yahoo.com/copyConsent", "GET fc.yahoo.com/", $"GET query1.finance.yahoo.com{CrumbPath}", "GET query1.finance.yahoo.com/v7/finance/quote",
            ]);
            twin.Counters.Violations.ShouldBe(0);
        });
    }

    [Fact]
    public void A_redirect_to_a_host_the_definition_does_not_name_is_not_followed() => _world.Run(async () =>
    {
        _world.Redirect = "https://yahoo.com.evil.example/";
        var gate = await _world.StartAsync();
        (await gate.Get(Quote)).Status.ShouldBe(503);
        gate.LastDetail.ShouldNotBeNull().ShouldContain("yahoo.com.evil.example");
        _world.Calls.Count.ShouldBe(1);
    });

    [Theory]
    [InlineData(TwinFaultKind.TooManyRequests)]
    [InlineData(TwinFaultKind.HtmlBody)]
    [InlineData(TwinFaultKind.EmptyBody)]
    [InlineData(TwinFaultKind.ServerError)]
    public void What_is_no_crumb_is_not_taken_for_one(TwinFaultKind kind) => _world.Run(async () =>
    {
        _world.Fault(new TwinFault(kind) { Status = kind == TwinFaultKind.TooManyRequests ? 429 : 503 }, CrumbPath);
        var gate = await _world.StartAsync();
        (await gate.Get(Quote)).Status.ShouldBeOneOf(429, 503);
        _world.Calls.Count(call => call.Target.StartsWith("/v7", StringComparison.Ordinal)).ShouldBe(0);
        await Task.Delay(TimeSpan.FromMinutes(16), _world.Time);
        (await gate.Get(Quote)).Status.ShouldBe(200);
        _twin.Counters.Violations.ShouldBe(0);
    });
}
