using System.Text.Json;
using Headgate.Desk.Crypto;
using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Crypto.Signals;
using static Headgate.Desk.Tests.Crypto.CryptoWorld;

namespace Headgate.Desk.Tests.Crypto;

public sealed class SignalLoopTests
{
    private static readonly HashSet<CryptoSymbol> Watched = [Avax];

    private readonly CryptoWorld _world = new();
    private readonly List<CryptoSignal> _signals = [];
    private readonly List<(CryptoSymbol Symbol, decimal? Change)> _moved = [];

    [Theory]
    [InlineData(5, 1)]
    [InlineData(20, 0)]
    public void A_bar_that_still_ran_when_its_answer_was_asked_for_is_not_taken_for_closed(int ageSeconds, int signals) => _world.Run(async () =>
    {
        await _world.Wait((4 * 3_600) + 10);
        var loop = New();
        var value = Of("ls_ratio", """[{"ratio":"2.40","timestamp":"2026-11-20T00:00:00.000Z"},{"ratio":"0.99","timestamp":"2026-11-19T20:00:00.000Z"}]""", ageSeconds);
        loop.Take(Endpoint("ls_ratio"), Avax, Watched, value, _world.Time.GetUtcNow());
        _signals.Count.ShouldBe(signals);
        _signals.ShouldAllBe(signal => signal.Detail == "LONG 2.40" && signal.At == Start.AddHours(4));
    });

    [Fact]
    public void A_signal_is_told_once_and_nothing_that_happened_more_than_two_hours_ago() => _world.Run(async () =>
    {
        await _world.Wait(3 * 3_600);
        var loop = New();
        var value = Of(
            "rapid_movements",
            """
            [{"pair":"AVAX-USDT","change_detected":5.5,"side":"PUMP","timestamp":"2026-11-20T02:59:00.000Z"},
             {"pair":"BTC-USDT","change_detected":5.5,"side":"PUMP","timestamp":"2026-11-20T02:59:00.000Z"},
             {"pair":"AVAX-USDT","change_detected":9,"side":"DUMP","timestamp":"2026-11-20T00:59:00.000Z"}]
            """,
            0);
        loop.Take(Endpoint("rapid_movements"), default, Watched, value, _world.Time.GetUtcNow());
        loop.Take(Endpoint("rapid_movements"), default, Watched, value, _world.Time.GetUtcNow());
        _signals.Single().Key.ShouldBe("rapid_movement AVAX 2026-11-20T02:59:00 PUMP 5.5");
        _moved.ShouldBe([(Avax, null)]);
    });

    [Theory]
    [InlineData("""[{"market_pair":"AVAX-USDT","change_24h":"-12.5"}]""", -12.5)]
    [InlineData("""[{"market_pair":"AVAX-USDT","change_24h":10}]""", null)]
    [InlineData("""[{"market_pair":"AVAX-USDT"}]""", null)]
    [InlineData("""[{"market_pair":"BTC-USDT","change_24h":50}]""", null)]
    [InlineData("""{"odd":1}""", null)]
    [InlineData("""[1,null,"x"]""", null)]
    public void A_coin_that_moved_by_more_than_10_percent_is_told_and_what_an_answer_does_not_say_is_no_signal(string data, double? change) => _world.Run(() =>
    {
        var loop = New();
        foreach (var endpoint in (string[])["tickerlist", "ls_ratio", "ai_screener_analysis", "rapid_movements"])
        {
            loop.Take(Endpoint(endpoint), Avax, Watched, Of(endpoint, data, 0), _world.Time.GetUtcNow());
        }

        _signals.ShouldBeEmpty();
        _moved.ShouldBe(change is { } percent ? [(Avax, (decimal?)percent)] : []);
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData("ls_ratio", """[{"ratio":"2.40","timestamp":"9999-12-31T23:00:00.000Z"},{"ratio":"2.40","timestamp":"0001-01-01T00:00:00.000Z"}]""")]
    [InlineData("rapid_movements", """[{"pair":"AVAX-USDT","change_detected":5.5,"side":"PUMP","timestamp":"9999-12-31T23:59:59.000Z"}]""")]
    [InlineData("ai_screener_analysis", """{"trades":[{"side":"LONG","entry_price":20,"entry_time":"2026-11-20T00:02:00.000Z"},{"side":"LONG","entry_price":21,"entry_time":"9999-12-31T23:59:59-08:00"}]}""")]
    public void What_is_stamped_with_a_moment_yet_to_come_or_at_the_ends_of_time_is_no_signal(string endpoint, string data) => _world.Run(() =>
    {
        New().Take(Endpoint(endpoint), Avax, Watched, Of(endpoint, data, 0), _world.Time.GetUtcNow());
        _signals.ShouldBeEmpty();
        _moved.ShouldBeEmpty();
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData("2026-11-20T02:45:01.000Z", 1)]
    [InlineData("2026-11-20T02:45:00.000Z", 0)]
    public void A_movement_of_15_minutes_ago_is_told_but_makes_nothing_volatile_now(string at, int moved) => _world.Run(async () =>
    {
        await _world.Wait(3 * 3_600);
        var value = Of("rapid_movements", $$"""[{"pair":"AVAX-USDT","change_detected":5.5,"side":"PUMP","timestamp":"{{at}}"}]""", 0);
        New().Take(Endpoint("rapid_movements"), default, Watched, value, _world.Time.GetUtcNow());
        _signals.Count.ShouldBe(1);
        _moved.Count.ShouldBe(moved);
    });

    private SignalLoop New() => new(_world.Reader, new CryptoOptions(), _world.Time, new SignalNews(), _signals.Add, (symbol, change) => _moved.Add((symbol, change)));

    private static CryptoEndpoint Endpoint(string name) => CryptoRegistry.Shipped.Find(name)!;

    private static CryptoValue Of(string endpoint, string data, int ageSeconds) =>
        new(Endpoint(endpoint).Id, "AVAX", CryptoStatus.Fresh) { Data = JsonDocument.Parse(data).RootElement, Age = TimeSpan.FromSeconds(ageSeconds) };
}
