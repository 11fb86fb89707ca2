using Headgate.Gateway.Configuration;

namespace Headgate.Gateway.Tests.Configuration;

/// <summary>http-contract "Process" and design §5: names, precedence, what is ignored and what stops the start.</summary>
public sealed class GatewayOptionsReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly List<string> _warnings = [];

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void It_listens_on_HEADGATE_URL_else_ASPNETCORE_URLS_else_the_file_else_7070()
    {
        Read().Listen.Single().ToString().ShouldBe("http://127.0.0.1:7070");
        Read("url: http://127.0.0.1:1").Listen.Single().Port.ShouldBe(1);
        Read("url: http://127.0.0.1:1", ("ASPNETCORE_URLS", "http://127.0.0.1:2")).Listen.Single().Port.ShouldBe(2);
        Read("url: http://127.0.0.1:1", ("ASPNETCORE_URLS", "http://127.0.0.1:2"), ("HEADGATE_URL", "http://127.0.0.1:3;https://[::1]:4"))
            .Listen.Select(address => address.ToString()).ShouldBe(["http://127.0.0.1:3", "https://[::1]:4"]);
    }

    [Fact]
    public void Provider_settings_match_ignoring_case_with_an_underscore_for_a_hyphen_and_unknown_ones_warn()
    {
        var options = Read(
            "providers:\n  coinbase-advanced:\n    baseUrl: http://file/\n    errors: dialect\n",
            ("HEADGATE_PROVIDERS__COINBASE_ADVANCED__BASEURL", "http://127.0.0.1:9000/prefix/"),
            ("HEADGATE_PROVIDERS__Kite__Listen", "http://127.0.0.1:7071"),
            ("HEADGATE_PROVIDERS__NOBODY__BASEURL", "not even a url"));
        options.Providers["coinbase-advanced"].BaseUrl!.ToString().ShouldBe("http://127.0.0.1:9000/prefix");
        options.Providers["coinbase-advanced"].Errors.ShouldBe(ErrorStyle.Dialect);
        options.Providers["KITE"].Listen!.Port.ShouldBe(7071);
        options.Providers.Count.ShouldBe(2);
        _warnings.Single().ShouldContain("NOBODY");
    }

    [Fact]
    public void Client_profiles_are_read()
    {
        var profile = Read("clients:\n  stock_monitor:\n    kite.quote: { ttl: 60s, stale: 5m }\n    urgency: 3\n    errors: dialect\n    colour: red\n").Clients["STOCK_MONITOR"];
        profile.Endpoints["kite.quote"].ShouldBe(new ProfileFreshness(TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(5)));
        (profile.Urgency, profile.Errors).ShouldBe((3, ErrorStyle.Dialect));
        _warnings.Single().ShouldContain("colour");
    }

    [Fact]
    public void What_the_file_misspells_is_told_with_what_there_is_and_ignored()
    {
        Read("provders: { kite: { listen: 'http://127.0.0.1:1' } }\nproviders: { kite: { lisen: 'http://127.0.0.1:1' } }\nclients: { me: { kit.quote: { ttl: 60s } } }\n", ("HEADGATE_DATADIR", "elsewhere"))
            .Providers["kite"].Listen.ShouldBeNull();

        _warnings.Count.ShouldBe(3, string.Join('\n', _warnings));
        _warnings[0].ShouldStartWith("provders is not a setting; it is ignored. There are url, providers, ");
        _warnings[1].ShouldBe("providers:kite:lisen is not a setting; it is ignored. There are baseUrl, listen, errors, profile.");
        _warnings[2].ShouldBe("clients:me:kit.quote names a provider that is not in the catalogue; it is ignored.");
    }

    [Fact]
    public void QUOTE_CACHE_TTL_SECONDS_sets_the_default_profile_of_kite_quotes()
    {
        var profile = Read("clients:\n  default:\n    kite.quote-ltp: { ttl: 5s }\n", ("QUOTE_CACHE_TTL_SECONDS", "60")).Clients["default"];
        profile.Endpoints["kite.quote"].Ttl.ShouldBe(TimeSpan.FromSeconds(60));
        profile.Endpoints["kite.quote-ltp"].Ttl.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void All_errors_are_collected_each_naming_key_and_value()
    {
        var error = Should.Throw<FormatException>(() => Read(
            "bodyBytesMax: -1\nclients:\n  a:\n    urgency: 9\n    kite.quote: { ttl: soon }\n", ("HEADGATE_URL", "ftp://x"), ("HEADGATE_PROVIDERS__KITE__BASEURL", "kite")));
        error.Message.Split(Environment.NewLine).Length.ShouldBe(5);
        error.Message.ShouldContain("bodyBytesMax is '-1'");
        error.Message.ShouldContain("clients:a:urgency is '9'; expected 0..7.");
    }

    [Fact]
    public void A_broken_file_is_told_with_its_line() =>
        Should.Throw<FormatException>(() => Read("a: 1\nb: [")).Message.ShouldContain(_file + ":");

    [Theory]
    [InlineData("http://localhost:0", true)]
    [InlineData("http://127.0.0.2:0", true)]
    [InlineData("https://[::1]", true)]
    [InlineData("http://0.0.0.0:80", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://10.0.0.1:80", false)]
    public void Addresses_know_whether_they_are_loopback(string text, bool isLoopback) => ListenAddress.Parse(text).IsLoopback.ShouldBe(isLoopback);

    [Theory]
    [InlineData("127.0.0.1:7070")]
    [InlineData("http://")]
    [InlineData("http://127.0.0.1:x")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:1/path")]
    [InlineData("http://some.name:80")]
    public void An_address_that_cannot_be_listened_on_is_refused(string text) => Should.Throw<FormatException>(() => ListenAddress.Parse(text));

    private GatewayOptions Read(string yaml = "", params (string Name, string Value)[] environment)
    {
        File.WriteAllText(_file, yaml);
        var configuration = GatewayConfiguration.Build(environment.Select(pair => new KeyValuePair<string, string?>(pair.Name, pair.Value)), _file);
        _warnings.Clear();
        return GatewayOptionsReader.Read(configuration, ["kite", "coinbase-advanced"], _warnings.Add);
    }
}
