using System.Globalization;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Starting;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Starting;

public sealed class StartCheckTests
{
    private readonly FakeAlerts _alerts = new();

    [Fact]
    public async Task Without_Telegram_settings_the_start_stops_with_code_1_and_asks_nothing()
    {
        var verdict = await Check("08:00", static _ => throw new InvalidOperationException(), hasTelegram: false);
        verdict.ExitCode.ShouldBe(1);
        verdict.Problem!.ShouldContain("TELEGRAM_BOT_TOKEN");
    }

    [Fact]
    public async Task An_invalid_token_stops_with_code_1_after_one_notice_a_day()
    {
        (await Check("08:00", static _ => new DeskAnswer(403, default))).ExitCode.ShouldBe(1);
        (await Check("08:05", static _ => new DeskAnswer(403, default))).ExitCode.ShouldBe(1);
        _alerts.Raised.ShouldHaveSingleItem().Type.ShouldBe("token_invalid");
    }

    [Fact]
    public async Task A_valid_token_starts_without_a_warning() => (await Check("08:00", static _ => FakeDoor.Data("{}"))).ShouldSatisfyAllConditions(
        static verdict => verdict.MayStart.ShouldBeTrue(), static verdict => verdict.Warnings.ShouldBeEmpty());

    [Fact]
    public async Task An_upstream_that_is_away_is_no_invalid_token()
    {
        var verdict = await Check("08:00", static _ => FakeDoor.Refused("The breaker is open."));
        verdict.MayStart.ShouldBeTrue();
        verdict.Warnings.Single().ShouldContain("The breaker is open.");
        _alerts.Raised.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("03:59", 0)]
    [InlineData("04:01", 1)]
    [InlineData("05:59", 1)]
    [InlineData("06:00", 0)]
    [InlineData("23:00", 0)]
    public async Task Tokens_end_at_six_in_the_morning_and_not_after_24_hours(string at, int warnings) =>
        (await Check(at, static _ => FakeDoor.Data("{}"))).Warnings.Count.ShouldBe(warnings);

    [Fact]
    public async Task Sources_without_a_token_ask_nothing() =>
        (await Check("08:00", static _ => throw new InvalidOperationException(), source: "demo")).MayStart.ShouldBeTrue();

    private async Task<StartVerdict> Check(string at, Func<DeskAsk, DeskAnswer> answer, bool hasTelegram = true, string source = "kite")
    {
        var time = new VirtualTime(Ist.At(DeskWorld.Thursday, TimeOnly.Parse(at, CultureInfo.InvariantCulture)));
        return await new StartCheck(new FakeDoor(time, answer), _alerts, hasTelegram, new DeskMonitorOptions { Source = source }).RunAsync(default);
    }
}
