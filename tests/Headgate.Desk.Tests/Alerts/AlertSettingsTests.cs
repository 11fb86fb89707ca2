using System.Text;
using System.Text.RegularExpressions;
using Headgate.Catalogue;
using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors.Session;
using Headgate.Simulation;
using Headgate.Testing;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Tests.Alerts;

public sealed class AlertSettingsTests
{
    private readonly VirtualTime _time = new(new DateTimeOffset(2026, 11, 20, 10, 0, 0, new TimeSpan(5, 30, 0)));

    [Fact]
    public void Missing_Telegram_settings_are_named_and_nothing_starts()
    {
        var error = Should.Throw<FormatException>(() => Make(From(), secret: null));
        error.Message.ShouldContain("TELEGRAM_BOT_TOKEN is missing");
        error.Message.ShouldContain("TELEGRAM_CHAT_ID is missing");
        Make(From(("TELEGRAM_CHAT_ID", "42")), "token").Select(channel => channel.Name).ShouldBe(["telegram", "console"]);
        Make(From(("desk:alerts:channels", "console")), secret: null).Single().Name.ShouldBe("console");
    }

    [Fact]
    public void A_webhook_needs_a_provider_of_the_catalogue()
    {
        var settings = From(("desk:alerts:channels", "console, webhook"));
        Should.Throw<FormatException>(() => Make(settings, null)).Message.ShouldContain("no provider webhook");
        settings.Make(new ScriptedDoor(_time), null, TextWriter.Null, ["kite", "webhook"]).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("desk:alerts:channels", "telegram, telegram")]
    [InlineData("desk:alerts:channels", "pigeon")]
    [InlineData("desk:alerts:delivery:repeatWithin", "-1")]
    [InlineData("desk:alerts:delivery:backoffBase", "00:00:00")]
    [InlineData("desk:alerts:delivery:recoverMax", "many")]
    public void Settings_out_of_range_are_refused(string key, string value) => Should.Throw<FormatException>(() => From((key, value))).Message.ShouldContain("desk:alerts");

    [Fact]
    public void The_webhook_definition_of_the_page_loads_and_its_posts_carry_the_key()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "desk", "alerts.md"));
        var yaml = Regex.Match(page, "```yaml\n(provider: webhook.*?)```", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups[1].Value;
        var file = Path.Combine(Directory.CreateTempSubdirectory("headgate-webhook").FullName, "webhook.yaml");
        File.WriteAllText(file, yaml);
        new CatalogueSource([file]).Load().Find("webhook").ShouldNotBeNull();

        var door = new ScriptedDoor(_time);
        var alert = new Alert("stock", "5min", "INFY", _time.GetUtcNow(), _time.GetUtcNow()) { Html = "<b>x</b>", Summary = "INFY fell", Price = 98.5m };
        _time.Run(async () =>
        {
            foreach (var format in Enum.GetValues<WebhookFormat>())
            {
                (await new WebhookChannel(door, new WebhookOptions { Format = format }).DeliverAsync(new AlertAttempt(alert, 2, MayRepeat: true), default)).Verdict.ShouldBe(ChannelVerdict.Sent);
            }
        });
        door.Arrived.ShouldAllBe(arrived => arrived.Message.Headers.Any(header => header.Name == "Idempotency-Key" && header.Value == alert.Key));
        ScriptedDoor.Json(door.Arrived[0].Message).GetProperty("mayRepeat").GetBoolean().ShouldBeTrue();
        ScriptedDoor.Json(door.Arrived[1].Message).GetProperty("content").GetString().ShouldBe($"INFY fell (may have been sent before: {alert.Key})");
        ScriptedDoor.Json(door.Arrived[2].Message).GetProperty("text").GetString()!.ShouldStartWith("INFY fell");
    }

    /// <summary>§1: Kite flushes tokens each morning about 06:00; the original assumed 24 hours of life.</summary>
    [Theory]
    [InlineData(5, 59, 20, true)]
    [InlineData(6, 0, 21, false)]
    [InlineData(15, 30, 21, false)]
    public void A_token_lives_until_the_next_morning(int hour, int minute, int day, bool expiresSoon)
    {
        var now = new DateTimeOffset(2026, 11, 20, hour, minute, 0, new TimeSpan(5, 30, 0));
        var flush = KiteToken.NextFlush(now);
        flush.ShouldBe(new DateTimeOffset(2026, 11, day, 6, 0, 0, new TimeSpan(5, 30, 0)));
        new KiteToken(KiteTokenState.Valid, flush, "").ExpiresSoon(now).ShouldBe(expiresSoon);
    }

    [Theory]
    [InlineData(200, "{\"data\":{}}", KiteTokenState.Valid, "connected")]
    [InlineData(403, "{\"error_type\":\"TokenException\",\"message\":\"Incorrect `api_key` or `access_token`.\"}", KiteTokenState.Invalid, "Incorrect")]
    [InlineData(403, "{\"message\":\"\\ud800\"}", KiteTokenState.Invalid, "refused")]
    [InlineData(403, "{\"message\":5}", KiteTokenState.Invalid, "refused")]
    [InlineData(403, "[]", KiteTokenState.Invalid, "refused")]
    [InlineData(503, "", KiteTokenState.Unknown, "503")]
    public void A_refused_token_is_told_from_an_upstream_that_is_away(int status, string body, KiteTokenState state, string why) => _time.Run(async () =>
    {
        var token = await new KiteTokenCheck(new AnsweringDoor(_time, new DeskAnswer(status, Encoding.UTF8.GetBytes(body)))).AskAsync(default);
        token.State.ShouldBe(state);
        token.Why.ShouldContain(why);
        AlertHtml.IsWellFormed(KiteTokenCheck.Notice(token, _time.GetUtcNow()).Html).ShouldBeTrue();
    });

    private static AlertSettings From(params (string Key, string Value)[] values) =>
        AlertSettings.From(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build());

    private IReadOnlyList<IAlertChannel> Make(AlertSettings settings, string? secret) =>
        settings.Make(new ScriptedDoor(_time), new OneSecret(secret), TextWriter.Null, ["kite", "telegram"]);

    private sealed class OneSecret(string? value) : ISecretSource
    {
        public string? Find(string name) => name == "TELEGRAM_BOT_TOKEN" ? value : null;
    }

    private sealed class AnsweringDoor(TimeProvider time, DeskAnswer answer) : IDeskDoor
    {
        public TimeProvider Time => time;

        public ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation) => new(answer);

        public ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
