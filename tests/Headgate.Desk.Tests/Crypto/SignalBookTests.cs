using Headgate.Desk.Alerts;
using Headgate.Desk.Crypto.Signals;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;
using static Headgate.Desk.Tests.Crypto.CryptoWorld;

namespace Headgate.Desk.Tests.Crypto;

public sealed class SignalBookTests
{
    private readonly VirtualTime _time = new(Start);

    [Fact]
    public void Two_signals_of_one_kind_symbol_and_second_are_two_alerts() => _time.Run(async () =>
    {
        var alerts = new FakeAlerts();
        var book = new SignalBook(alerts, _time);
        book.Add(new CryptoSignal("position", Avax, Start, "LONG 20"));
        book.Add(new CryptoSignal("position", Avax, Start, "SHORT 20"));
        await book.RaiseAsync(default);
        alerts.Raised.Select(alert => alert.Summary).ShouldBe(["AVAX position: LONG 20", "AVAX position: SHORT 20"]);
        alerts.Raised.ShouldAllBe(alert => alert.Subject == "AVAX" && alert.Type == "position");
    });

    [Fact]
    public void Many_alerts_are_waited_for_as_long_as_one() => _time.Run(async () =>
    {
        var book = new SignalBook(new SlowAlerts(_time), _time);
        for (var i = 0; i < 20; i++)
        {
            book.Add(new CryptoSignal("position", Avax, Start, $"LONG {i}"));
        }

        await book.RaiseAsync(default);
        (_time.TrueNow - Start).ShouldBe(TimeSpan.FromMinutes(1));
    });

    [Fact]
    public void What_cannot_be_made_durable_waits_alone_and_nothing_is_handed_over_twice() => _time.Run(async () =>
    {
        List<string> taken = [];
        var isFull = true;
        var alerts = new FakeAlerts
        {
            Deliver = alert =>
            {
                if (isFull && alert.Summary.EndsWith("LONG 1", StringComparison.Ordinal))
                {
                    throw new IOException("disk full");
                }

                taken.Add(alert.Summary);
                return true;
            },
        };
        var book = new SignalBook(alerts, _time);
        for (var i = 0; i < 3; i++)
        {
            book.Add(new CryptoSignal("position", Avax, Start, $"LONG {i}"));
        }

        await book.RaiseAsync(default);
        book.Problem.ShouldBe("alerts wait: disk full");
        isFull = false;
        await book.RaiseAsync(default);
        book.Problem.ShouldBeNull();
        taken.ShouldBe(["AVAX position: LONG 0", "AVAX position: LONG 2", "AVAX position: LONG 1"]);
    });

    private sealed class SlowAlerts(VirtualTime time) : IAlertDesk
    {
        public async ValueTask<bool> RaiseAsync(Alert alert, CancellationToken cancellation)
        {
            await time.Delay(TimeSpan.FromMinutes(1));
            return false;
        }
    }
}
