using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Testing;

namespace Headgate.EndToEnd.Tests;

public sealed class UpstreamsTests
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_emulated_upstream_listens_on_a_port_of_its_own()
    {
        await using var process = ChildProcess.Start(GateProcess.Executable, ["upstreams", "--port", "0", "--json"], new Dictionary<string, string?>(StringComparer.Ordinal));
        using var hosts = JsonDocument.Parse(await process.UntilLineAsync("{", StartMax));
        var addresses = hosts.RootElement.EnumerateObject().ToDictionary(host => host.Name, host => new Uri(host.Value.GetString()!), StringComparer.Ordinal);
        addresses.Count.ShouldBe(20);
        addresses.Values.Select(address => address.Port).Distinct().Count().ShouldBe(20);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var (name, address) in addresses)
        {
            using var asked = await http.GetAsync(new Uri(address, "nothing"));
            (await http.GetStringAsync(new Uri(address, "_twin/counters"))).ShouldContain("\"arrivals\":1", Case.Insensitive, name);
        }
    }

    [Fact]
    public async Task Those_named_are_hosted_and_a_gate_signs_on_at_them()
    {
        using var data = new TemporaryDirectory();
        await using var process = ChildProcess.Start(GateProcess.Executable, ["upstreams", "questrade", "yahoo", "--port", "0", "--json"], new Dictionary<string, string?>(StringComparer.Ordinal));
        using var hosts = JsonDocument.Parse(await process.UntilLineAsync("{", StartMax));
        hosts.RootElement.EnumerateObject().Select(host => host.Name).ShouldBe(["questrade", "yahoo"]);
        await using var gate = await GateProcess.StartAsync(data.Path, [], new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HEADGATE_PROVIDERS__QUESTRADE__BASEURL"] = hosts.RootElement.GetProperty("questrade").GetString(),
            ["HEADGATE_PROVIDERS__YAHOO__BASEURL"] = hosts.RootElement.GetProperty("yahoo").GetString(),
            ["QUESTRADE_REFRESH_TOKEN"] = "refresh-0",
        });
        (await gate.AskAsync("/questrade/v1/symbols/search?prefix=RY")).Body.ShouldContain("\"symbol\":\"RY\"");
        var quote = await gate.AskAsync("/yahoo/v7/finance/quote?symbols=AAPL&crumb=mine");
        quote.Body.ShouldContain("\"symbol\":\"AAPL\"");
        quote.Header("Set-Cookie").ShouldBeNull();
    }

    [Fact]
    public async Task A_name_that_is_none_is_told_with_those_there_are()
    {
        var result = await ChildProcess.RunAsync(GateProcess.Executable, ["upstreams", "nowhere"], StartMax);
        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("questrade");
    }

    [Theory]
    [InlineData("99999", "1 to 65535")]
    [InlineData("-1", "1 to 65535")]
    public async Task A_port_that_is_none_is_a_usage_error_that_names_those_there_are(string port, string expected)
    {
        var result = await ChildProcess.RunAsync(GateProcess.Executable, ["upstreams", "kite", "--port", port], StartMax);
        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(expected);
        result.Error.ShouldNotContain("   at ");
    }
}
