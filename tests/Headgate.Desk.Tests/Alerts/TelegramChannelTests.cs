using System.Text;
using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Doors;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Alerts;

public sealed class TelegramChannelTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 20, 10, 0, 0, new TimeSpan(5, 30, 0));

    /// <summary>§8: a raw "&lt;" under HTML parse mode made Telegram refuse every ATR alert.</summary>
    [Fact]
    public void A_text_with_a_raw_less_than_sign_arrives_as_plain_text_instead_of_being_refused()
    {
        var sent = Send("ATR20 < ATR30: <b>contracting</b>");
        var json = ScriptedDoor.Json(sent.ShouldHaveSingleItem().Message);
        json.TryGetProperty("parse_mode", out _).ShouldBeFalse();
        json.GetProperty("text").GetString()!.ShouldStartWith("ATR20 < ATR30");
    }

    [Fact]
    public void Escaped_text_is_well_formed_whatever_it_holds()
    {
        var html = AlertHtml.Bold("M&M <b>\"ATR20 < ATR30\" & 5 > 3");
        AlertHtml.IsWellFormed(html).ShouldBeTrue();
        AlertHtml.ToPlain(html).ShouldBe("M&M <b>\"ATR20 < ATR30\" & 5 > 3");
        var json = ScriptedDoor.Json(Send(html).ShouldHaveSingleItem().Message);
        json.GetProperty("parse_mode").GetString().ShouldBe("HTML");
        json.GetProperty("chat_id").GetString().ShouldBe("-100");
    }

    [Theory]
    [InlineData("<b>open", false)]
    [InlineData("<b><i>crossed</b></i>", false)]
    [InlineData("<div>unknown</div>", false)]
    [InlineData("R&D", false)]
    [InlineData("a > b", false)]
    [InlineData("<b>a</b> &lt; <i>b</i>", true)]
    public void Markup_is_checked_before_it_is_sent(string html, bool isWellFormed) => AlertHtml.IsWellFormed(html).ShouldBe(isWellFormed);

    [Fact]
    public void A_message_is_stamped_with_product_monitor_and_reference_and_stays_below_4096_characters()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 400).Select(i => $"<b>line {i}</b> &amp; more"));
        var text = ScriptedDoor.Json(Send(lines).ShouldHaveSingleItem().Message).GetProperty("text").GetString()!;
        text.Length.ShouldBeLessThan(4096);
        text.ShouldStartWith("<b>line 0</b>");
        text.ShouldContain("\n…");
        text.ShouldEndWith("<i>Headgate · atr monitor · #" + AlertRef.Of(Alert("x").Key) + "</i>");
        AlertHtml.IsWellFormed(text).ShouldBeTrue();
    }

    [Fact]
    public void One_endless_line_is_cut_between_entities()
    {
        var cut = AlertHtml.Fit("<b>" + string.Concat(Enumerable.Repeat("&lt;", 2_000)) + "</b>", 1_000);
        cut.Length.ShouldBeLessThanOrEqualTo(1_000);
        AlertHtml.IsWellFormed(cut).ShouldBeTrue();
    }

    [Fact]
    public void A_message_the_service_could_not_parse_is_sent_again_as_plain_text()
    {
        var sent = Send("<b>fine</b>", new DeskAnswer(400, Encoding.UTF8.GetBytes("{\"ok\":false,\"description\":\"can't parse entities\"}")));
        sent.Count.ShouldBe(2);
        ScriptedDoor.Json(sent[1].Message).GetProperty("text").GetString()!.ShouldStartWith("fine");
    }

    [Theory]
    [InlineData("{\"parameters\":{\"retry_after\":7}}", 7)]
    [InlineData("{\"parameters\":{\"retry_after\":\"7\"}}", null)]
    [InlineData("{\"parameter\\ud800\":1}", null)]
    [InlineData("<html>", null)]
    public void A_wait_is_read_from_the_body_of_a_429_and_an_odd_body_is_none(string body, int? seconds)
    {
        var time = new VirtualTime(Ten);
        DoorOutcome.Of(new DeskAnswer(429, Encoding.UTF8.GetBytes(body)), time).RetryAt.ShouldBe(seconds is { } wait ? Ten.AddSeconds(wait) : null);
    }

    private static List<(DateTimeOffset At, DeskMessage Message)> Send(string html, params DeskAnswer[] answers)
    {
        var time = new VirtualTime(Ten);
        var door = new ScriptedDoor(time);
        foreach (var answer in answers)
        {
            door.Answers.Enqueue(answer);
        }

        time.Run(async () =>
        {
            var channel = new TelegramChannel(door, new TelegramOptions("demo", "-100"));
            (await channel.DeliverAsync(new AlertAttempt(Alert(html), 1, MayRepeat: false), default)).Verdict.ShouldBe(ChannelVerdict.Sent);
        });
        door.Arrived.ShouldAllBe(arrived => arrived.Message.Target == "/botdemo/sendMessage" && arrived.Message.Method == "POST" && arrived.Message.Provider == "telegram");
        return door.Arrived;
    }

    private static Alert Alert(string html) => new("atr", "atr_breakout", "INFY", Ten, Ten) { Html = html, Summary = "s" };
}
