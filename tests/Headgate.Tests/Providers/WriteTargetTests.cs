using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Providers;

namespace Headgate.Tests.Providers;

/// <summary>Telegram and Airtable: what is written is sent once, in time, and never kept.</summary>
public sealed class WriteTargetTests
{
    private const string Send = "/bot{key}/sendMessage";

    private static readonly ProviderCase Telegram = new("telegram", () => new TelegramTwin()) { Credential = "path", Good = "/bot{{key}}/getMe", Says = "result", Keeps = false };

    private static readonly ProviderCase Airtable = ProviderCase.All.Single(provider => provider.Name is "airtable");

    [Fact]
    public void Messages_to_one_chat_go_a_second_apart_and_those_to_others_at_once() => new ProviderWorld(Telegram).Run(async world =>
    {
        var sent = await Task.WhenAll(
            world.Write("POST", Send, """{"chat_id":1,"text":"a"}"""),
            world.Write("POST", Send, """{"chat_id":1,"text":"b"}"""),
            world.Write("POST", Send, "chat_id=2&text=c", "application/x-www-form-urlencoded"),
            world.Write("POST", $"{Send}?chat_id=3", "{}"));
        sent.ShouldAllBe(answer => answer.Status == 200);
        (sent[1].At - sent[0].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.TicksPerSecond);
        sent[2].At.ShouldBeLessThan(TimeSpan.TicksPerSecond);
        sent[3].At.ShouldBeLessThan(TimeSpan.TicksPerSecond);
        ((TelegramTwin)world.Twin).Messages.ShouldBe(4);
        world.Twin.Counters.Violations.ShouldBe(0);
    });

    [Fact]
    public void The_twenty_first_message_of_a_minute_to_a_group_waits_for_the_minute() => new ProviderWorld(Telegram).Run(async world =>
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, 21).Select(i => world.Write("POST", Send, $$"""{"chat_id":-100,"text":"{{i}}"}""", deadline: TimeSpan.FromSeconds(90))));
        sent.ShouldAllBe(answer => answer.Status == 200);
        sent.Max(answer => answer.At).ShouldBeGreaterThan(TimeSpan.TicksPerMinute);
        world.Twin.Counters.Violations.ShouldBe(0);
    });

    [Fact]
    public void A_429_is_told_unchanged_and_nothing_is_sent_until_its_retry_after() => new ProviderWorld(Telegram).Run(async world =>
    {
        world.Fault(TwinFault.Limited());
        var refused = await world.Write("POST", Send, """{"chat_id":1,"text":"a"}""");
        (refused.Kind, refused.Status).ShouldBe((FetchKind.Passed, 429));
        refused.Body.ShouldContain("retry_after");
        var next = await world.Write("POST", Send, """{"chat_id":2,"text":"b"}""");
        next.Status.ShouldBe(200);
        (next.At - refused.At).ShouldBeGreaterThanOrEqualTo(TimeSpan.TicksPerSecond * 3);
        world.Arrivals.ShouldBe(2);
    });

    [Theory]
    [InlineData(TwinFaultKind.Reset)]
    [InlineData(TwinFaultKind.Close)]
    [InlineData(TwinFaultKind.ServerError)]
    public void A_message_whose_outcome_is_lost_is_never_sent_again(TwinFaultKind kind) => new ProviderWorld(Telegram).Run(async world =>
    {
        world.Fault(new TwinFault(kind));
        (await world.Write("POST", Send, """{"chat_id":1,"text":"a"}""")).Status.ShouldBeGreaterThanOrEqualTo(500);
        await Task.Delay(TimeSpan.FromMinutes(2), world.Time);
        world.Arrivals.ShouldBe(1);
    });

    [Fact]
    public void A_long_poll_spends_no_message_and_the_same_question_is_asked_each_time() => new ProviderWorld(Telegram).Run(async world =>
    {
        var polls = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => world.Get("/bot{key}/getUpdates?timeout=50")));
        polls.ShouldAllBe(answer => answer.Status == 200);
        world.Arrivals.ShouldBe(40);
    });

    [Theory]
    [InlineData("sendMessage", "13", 403)]
    [InlineData("sendMessage", "", 400)]
    [InlineData("nothing", "1", 404)]
    public void Other_refusals_are_told_unchanged_and_close_nothing(string method, string chat, int status) => new ProviderWorld(Telegram).Run(async world =>
    {
        (await world.Write("POST", $"/bot{{key}}/{method}", $"chat_id={chat}", "application/x-www-form-urlencoded")).Status.ShouldBe(status);
        (await world.Write("POST", Send, """{"chat_id":5}""")).Status.ShouldBe(200);
    });

    [Fact]
    public void A_base_takes_five_a_second_whatever_the_token_and_another_base_its_own() => new ProviderWorld(Airtable).Run(async world =>
    {
        var one = Enumerable.Range(0, 12).Select(_ => world.Write("POST", "/v0/app1/Trades", """{"fields":{}}"""));
        var other = Enumerable.Range(0, 5).Select(_ => world.Write("POST", "/v0/app2/Trades", """{"fields":{}}"""));
        var sent = await Task.WhenAll(one.Concat(other));
        sent.ShouldAllBe(answer => answer.Status == 200);
        sent.Take(12).Max(answer => answer.At).ShouldBeGreaterThan(TimeSpan.TicksPerSecond * 2);
        sent.Skip(12).Max(answer => answer.At).ShouldBeLessThan(TimeSpan.TicksPerSecond);
        world.Twin.Counters.Violations.ShouldBe(0);
    });

    [Fact]
    public void A_429_of_Airtable_shuts_its_base_for_thirty_seconds_and_no_other() => new ProviderWorld(Airtable).Run(async world =>
    {
        world.Fault(TwinFault.Limited());
        (await world.Write("POST", "/v0/app1/Trades", "{}")).Status.ShouldBe(429);
        (await world.Write("POST", "/v0/app1/Trades", "{}", deadline: TimeSpan.FromSeconds(29))).Kind.ShouldBe(FetchKind.Refused);
        (await world.Write("POST", "/v0/app2/Trades", "{}")).Status.ShouldBe(200);
        var later = await world.Write("POST", "/v0/app1/Trades", "{}");
        later.Status.ShouldBe(200);
        later.At.ShouldBeGreaterThanOrEqualTo(TimeSpan.TicksPerSecond * 30);
        world.Arrivals.ShouldBe(3);
    });
}
