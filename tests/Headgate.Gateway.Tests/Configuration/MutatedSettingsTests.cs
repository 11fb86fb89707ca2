using Headgate.Catalogue;
using Headgate.Gateway.Configuration;
using Headgate.Testing;
using Microsoft.Extensions.Configuration;

namespace Headgate.Gateway.Tests.Configuration;

/// <summary>Whatever is wrong with <c>headgate.yaml</c>, its reader says so: never with an exception that is not its own.</summary>
public sealed class MutatedSettingsTests : IDisposable
{
    private const int Documents = 4_000;

    private static readonly string[] Settings =
    [
        """
        url: http://127.0.0.1:7070
        mode: shadow
        hosts: [gate.local, "gate"]
        tokenFile: tokens
        bodyBytesMax: 1048576
        deadlineMax: 30s
        providers:
          kite: { baseUrl: http://127.0.0.1:9, listen: "http://127.0.0.1:7071", profile: free, errors: dialect }
        clients:
          stock_monitor:
            kite.quote: { ttl: 60s, stale: 5m }
            urgency: 3
            quota: { permits: 5, per: 1s }
        refresh:
          nifty: { target: /kite/quote?i=NSE:INFY, every: 60s, priority: high }
        """,
        "desk:\n  stock: { riseAlerts: true }\n  onemin:\n    enabled: false\n  alerts: { channels: [console, telegram] }\nlogging:\n  logLevel: { default: Information }\n",
    ];

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_file_is_read_or_refused_by_name_and_line_and_its_settings_by_their_names()
    {
        var mutator = new DocumentMutator(20261201);
        var (unreadable, unusable) = (0, 0);
        for (var i = 0; i < Documents; i++)
        {
            var text = mutator.Next(Settings);
            File.WriteAllBytes(_file, System.Text.Encoding.UTF8.GetBytes(text));
            Should.NotThrow(
                () =>
                {
                    if (Refusal(() => GatewayConfiguration.Build([], _file)) is { } refused)
                    {
                        refused.ShouldMatch($"^{System.Text.RegularExpressions.Regex.Escape(_file)}:\\d+: \\S");
                        unreadable++;
                        return;
                    }

                    var settings = GatewayConfiguration.Build([], _file);
                    string?[] all =
                    [
                        Refusal(() => GatewayOptionsReader.Read(settings, ["kite"], static _ => { })), Refusal(() => WatchSettings.Read(settings)), Refusal(() => ProviderProfiles.Read(settings)),
                    ];
                    unusable += all.Any(static one => one is not null) ? 1 : 0;
                },
                text);
        }

        unreadable.ShouldBeInRange(Documents / 10, Documents - 1);
        unusable.ShouldBeInRange(Documents / 50, Documents - 1);
    }

    [Theory]
    [InlineData("a: 1\n? [a]\n: b\n", 2, "a key is not text")]
    [InlineData("? {a: b}\n: c\n", 1, "a key is not text")]
    [InlineData("a: &x [*x]\n", 1, "")]
    [InlineData("# settings\n- a\n", 2, "expected a map of settings")]
    [InlineData("just text", 1, "expected a map of settings")]
    [InlineData("a: 1\nb: { c, d{e: f }\n", 2, "")]
    public void A_key_that_is_no_text_and_what_the_parser_chokes_on_are_told_by_line(string text, int line, string why)
    {
        File.WriteAllText(_file, text);
        var refused = Refusal(() => GatewayConfiguration.Build([], _file)).ShouldNotBeNull();
        refused.ShouldStartWith($"{_file}:{line}: ");
        refused.ShouldContain(why);
    }

    [Fact]
    public void A_file_that_nests_without_end_is_refused_and_ends_nothing()
    {
        File.WriteAllText(_file, "a: " + new string('[', 200_000));
        Refusal(() => GatewayConfiguration.Build([], _file)).ShouldBe($"{_file}:1: nested more than 16 deep");
    }

    private static string? Refusal(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (FormatException refused)
        {
            return refused.Message;
        }
    }
}
