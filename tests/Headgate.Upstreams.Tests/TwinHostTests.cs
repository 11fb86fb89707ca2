using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Kite;

namespace Headgate.Upstreams.Tests;

public sealed class TwinHostTests : IAsyncLifetime
{
    private const string Target = "/user/profile";

    private TestKite _kite = null!;
    private TwinHost _host = null!;

    public async Task InitializeAsync()
    {
        _kite = new TestKite();
        _host = await TwinHost.StartAsync(_kite.Twin, TimeProvider.System);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_request_is_answered_over_the_socket()
    {
        var (text, _) = await AskAsync(TwinFault.None, text => text.Contains("DM0001", StringComparison.Ordinal) && text.EndsWith('}'));

        text.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        text.ShouldContain("Content-Type: application/json\r\n");
        text.ShouldNotContain("Server:");
    }

    [Fact]
    public async Task Close_ends_the_connection_with_FIN_and_without_a_byte() =>
        (await AskAsync(new TwinFault(TwinFaultKind.Close))).ShouldBe(("", "FIN"));

    [Fact]
    public async Task Reset_ends_the_connection_with_RST_and_without_a_byte() =>
        (await AskAsync(new TwinFault(TwinFaultKind.Reset))).ShouldBe(("", "RST"));

    [Fact]
    public async Task Reset_on_a_kept_connection_ends_it_with_RST()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.GetAsync(Target);
        await client.ReadAsync(text => text.EndsWith('}'));
        _kite.Twin.Faults.Script(null, new TwinFault(TwinFaultKind.Reset));
        await client.GetAsync(Target);

        (await client.ReadAsync()).ShouldBe(("", "RST"));
    }

    [Fact]
    public async Task Truncated_promises_the_whole_body_and_sends_a_part()
    {
        var (text, end) = await AskAsync(new TwinFault(TwinFaultKind.Truncated) { Bytes = 20 });

        end.ShouldBe("FIN");
        var (head, body) = Split(text);
        body.Length.ShouldBe(20);
        int.Parse(Field(head, "Content-Length")).ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Garbage_sends_bytes_that_are_no_HTTP()
    {
        var (text, end) = await AskAsync(new TwinFault(TwinFaultKind.Garbage));

        end.ShouldBe("FIN");
        text.ShouldNotBeEmpty();
        text.ShouldNotContain("HTTP/");
    }

    [Fact]
    public async Task A_hang_takes_the_request_and_sends_nothing_until_the_host_stops()
    {
        _kite.Twin.Faults.Script(null, new TwinFault(TwinFaultKind.Hang));
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.GetAsync(Target);
        while (_kite.Twin.Counters.Arrivals == 0)
        {
            await Task.Yield();
        }

        client.HasData.ShouldBeFalse();
        await _host.DisposeAsync();
        (await client.ReadAsync()).Text.ShouldBe("");
    }

    [Fact]
    public async Task A_slow_drip_sends_the_right_answer_in_portions()
    {
        var (text, _) = await AskAsync(
            new TwinFault(TwinFaultKind.SlowDrip) { Bytes = 100, Interval = TimeSpan.FromMilliseconds(1) }, text => text.EndsWith("}}", StringComparison.Ordinal));

        var (head, body) = Split(text);
        body.Length.ShouldBe(int.Parse(Field(head, "Content-Length")));
    }

    [Fact]
    public async Task An_error_and_a_429_carry_the_providers_envelope_and_the_asked_RetryAfter()
    {
        var (error, _) = await AskAsync(TwinFault.Error(503, TimeSpan.FromMilliseconds(1500)), text => text.EndsWith('}'));
        var (limited, _) = await AskAsync(TwinFault.Limited(), text => text.EndsWith('}'));

        error.ShouldStartWith("HTTP/1.1 503 ");
        Field(Split(error).Head, "Retry-After").ShouldBe("2");
        limited.ShouldStartWith("HTTP/1.1 429 ");
        limited.ShouldContain("NetworkException");
        limited.ShouldNotContain("Retry-After");
    }

    [Theory]
    [InlineData("/quote/ltp?a=%7E%2D%41|b&i=NSE%3AINFY")]
    [InlineData("/instruments/historical/408065/minute?from=2026-01-02+09%3a15%3A00&to=x;y,z=%2f")]
    [InlineData("/a//b/./c%20d/?&&=")]
    public async Task The_target_arrives_byte_for_byte(string target)
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: twin\r\nX-Many: b\r\nX-Many: a\r\nX-Odd: \u00e9\t \u00ff\r\n\r\n");
        await client.ReadAsync(text => text.EndsWith('}'));

        var request = _kite.Twin.Counters.Log()[^1].Request;
        request.RawTarget.ShouldBe(target);
        request.Headers.Where(h => h.Name == "X-Many").Select(h => h.Value).ShouldBe(["b", "a"]);
        request.Header("X-Odd").ShouldBe("\u00e9\t \u00ff");
    }

    [Fact]
    public async Task Every_arrival_is_counted_once_even_when_its_answer_never_leaves()
    {
        foreach (var kind in new[] { TwinFaultKind.Reset, TwinFaultKind.Close, TwinFaultKind.Truncated })
        {
            await AskAsync(new TwinFault(kind));
        }

        var log = _kite.Twin.Counters.Log();
        log.Select(a => a.Fault).ShouldBe([TwinFaultKind.Reset, TwinFaultKind.Close, TwinFaultKind.Truncated]);
        log.ShouldAllBe(a => a.Request.RawTarget == Target);
    }

    [Fact]
    public async Task Control_sets_faults_shows_counters_and_resets_without_being_counted()
    {
        using var http = new HttpClient { BaseAddress = _host.Address };
        (await http.PostAsJsonAsync("/_twin/faults", new { fault = "serverError", @class = "other", next = 1, status = 502 })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.PostAsJsonAsync("/_twin/faults", new { fault = "nonsense" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await http.GetAsync(Target)).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await http.GetAsync(Target)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var counters = JsonNode.Parse(await http.GetStringAsync("/_twin/counters"))!;
        ((long)counters["arrivals"]!).ShouldBe(2);
        ((long)counters["arrivalsByEndpoint"]!["profile"]!).ShouldBe(2);
        JsonNode.Parse(await http.GetStringAsync("/_twin/arrivals?last=1"))![0]!["status"]!.GetValue<int>().ShouldBe(403);
        await http.PostAsync("/_twin/reset", null);
        _kite.Twin.Counters.Arrivals.ShouldBe(0);
    }

    [Fact]
    public async Task HEAD_has_the_length_and_no_body()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"HEAD {Target} HTTP/1.1\r\nHost: twin\r\nAuthorization: {KiteTwin.DemoCredential}\r\nConnection: close\r\n\r\n");
        var (head, body) = Split((await client.ReadAsync()).Text);

        body.ShouldBeEmpty();
        int.Parse(Field(head, "Content-Length")).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Over_https_answers_are_whole_and_cut_ones_are_seen_as_cut()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var forServer = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        await using var host = await TwinHost.StartAsync(_kite.Twin, TimeProvider.System, new TwinHostOptions { Certificate = forServer });
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(certificate);
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
        using var http = new HttpClient(handler) { BaseAddress = host.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", KiteTwin.DemoCredential);

        (await http.GetStringAsync(Target)).ShouldContain("DM0001");
        foreach (var kind in new[] { TwinFaultKind.Truncated, TwinFaultKind.Reset, TwinFaultKind.Close })
        {
            // The client may send a request without a body again, so the fault stays until it is taken away.
            _kite.Twin.Faults.Add(new FaultRule(new TwinFault(kind)));
            await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(Target));
            _kite.Twin.Faults.Clear();
        }
    }

    private async Task<(string Text, string End)> AskAsync(TwinFault fault, Func<string, bool>? complete = null)
    {
        if (fault.Kind != TwinFaultKind.None)
        {
            _kite.Twin.Faults.Script(null, fault);
        }

        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.GetAsync(Target);
        return await client.ReadAsync(complete);
    }

    private static (string Head, string Body) Split(string text)
    {
        var blank = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (text[..(blank + 2)], text[(blank + 4)..]);
    }

    private static string Field(string head, string name) =>
        head.Split("\r\n").Single(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
}
