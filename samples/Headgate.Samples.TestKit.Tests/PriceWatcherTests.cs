using Headgate.Simulation;
using Headgate.Upstreams;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Samples.TestKit.Tests;

public sealed class PriceWatcherTests
{
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 9, 15, 0, TimeSpan.FromHours(5.5));
    private static readonly DateTimeOffset Close = Open + TimeSpan.FromHours(6.25);

    private readonly VirtualTime _clock = new(Open);
    private readonly KiteTwin _kite = new(new KiteOptions(new SyntheticTape(seed: 7, Open)) { InstrumentRows = 0 });
    private readonly PriceWatcher _bot;

    public PriceWatcherTests() =>
        _bot = new PriceWatcher(new HttpClient(new TwinHandler(_kite, _clock)) { BaseAddress = new Uri("https://api.kite.trade/") }, _clock);

    [Fact]
    public void A_trading_day_of_polling_never_breaks_the_limit()
    {
        _clock.Run(() => _bot.RunAsync("NSE:INFY", TimeSpan.FromSeconds(5), Close));
        _bot.Prices.Count.ShouldBe(4_500); // 6.25 hours, every five seconds
        _bot.Prices.Distinct().Count().ShouldBeGreaterThan(100);
        _kite.Counters.Violations.ShouldBe(0);
    }

    [Fact]
    public void Polling_faster_than_the_limit_is_seen_at_the_door()
    {
        _clock.Run(() => _bot.RunAsync("NSE:INFY", TimeSpan.FromMilliseconds(400), Open + TimeSpan.FromMinutes(1)));
        _kite.Counters.Violations.ShouldBeGreaterThan(0);
        _bot.Misses.ShouldBe((int)_kite.Counters.Violations);
    }

    [Fact]
    public void A_429_makes_it_wait_as_long_as_it_was_told()
    {
        _kite.Faults.Script("quote-ltp", TwinFault.Limited(retryAfter: TimeSpan.FromSeconds(30)), count: 3);
        _clock.Run(() => _bot.RunAsync("NSE:INFY", TimeSpan.FromSeconds(5), Open + TimeSpan.FromMinutes(5)));
        Gaps().Take(4).ShouldBe([30, 30, 30, 5]);
        _bot.Misses.ShouldBe(3);
    }

    [Fact]
    public void A_429_storm_without_advice_is_backed_off_from_and_outlived()
    {
        _kite.Faults.Script("quote-ltp", TwinFault.Limited(), count: 5);
        _clock.Run(() => _bot.RunAsync("NSE:INFY", TimeSpan.FromSeconds(5), Open + TimeSpan.FromMinutes(10)));
        Gaps().Take(6).ShouldBe([2, 4, 8, 16, 32, 5]);
        _bot.Prices.Count.ShouldBeGreaterThan(90);
    }

    [Fact]
    public void A_hanging_answer_costs_its_patience_and_nothing_more()
    {
        _kite.Faults.Script("quote-ltp", new TwinFault(TwinFaultKind.Hang));
        _kite.Faults.Script("quote-ltp", TwinFault.Late(TimeSpan.FromSeconds(3)));
        _clock.Run(() => _bot.RunAsync("NSE:INFY", TimeSpan.FromSeconds(5), Open + TimeSpan.FromMinutes(1)));
        Gaps().Take(3).ShouldBe([9, 8, 5]); // 7 s of patience and 2 s of back-off; 3 s of latency and 5 s of interval
        _bot.Misses.ShouldBe(1);
    }

    [Theory]
    [InlineData(TwinFaultKind.Reset)]
    [InlineData(TwinFaultKind.Truncated)]
    [InlineData(TwinFaultKind.ServerError)]
    [InlineData(TwinFaultKind.HtmlBody)]
    public void Whatever_goes_wrong_once_the_next_price_comes(TwinFaultKind fault)
    {
        _kite.Faults.Script("quote-ltp", new TwinFault(fault));
        _clock.Run(() => _bot.RunAsync("NSE:INFY", TimeSpan.FromSeconds(5), Open + TimeSpan.FromMinutes(1)));
        _bot.Misses.ShouldBe(1);
        _bot.Prices.Count.ShouldBeGreaterThan(5);
    }

    /// <summary>Seconds between arrivals at the twin's door.</summary>
    private IEnumerable<double> Gaps()
    {
        var log = _kite.Counters.Log();
        return log.Skip(1).Zip(log, (later, earlier) => Math.Round((later.At - earlier.At).TotalSeconds));
    }
}
