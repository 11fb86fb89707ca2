using Headgate.Desk.Days;
using Headgate.Desk.Doors;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Days;

public sealed class FleetSeatTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Length = TimeSpan.FromHours(2);

    private readonly VirtualTime _time = new(Midnight);

    [Fact]
    public void A_day_ends_at_its_moment_without_an_exception()
    {
        _time.Run(() => Seat().LiveAsync(day => Task.Delay(Timeout.InfiniteTimeSpan, _time, day), default));
        _time.GetUtcNow().ShouldBe(Midnight + Length);
    }

    [Fact]
    public void A_day_that_is_given_up_ends_then()
    {
        using var up = new CancellationTokenSource(TimeSpan.FromMinutes(1), _time);
        _time.Run(() => Seat().LiveAsync(day => Task.Delay(Timeout.InfiniteTimeSpan, _time, day), up.Token));
        _time.GetUtcNow().ShouldBe(Midnight.AddMinutes(1));
    }

    [Fact]
    public void A_day_that_is_over_is_not_begun()
    {
        var hasBegun = false;
        _time.Run(async () =>
        {
            await _time.Delay(Length);
            await Seat().LiveAsync(
                _ =>
                {
                    hasBegun = true;
                    return Task.CompletedTask;
                },
                default);
        });
        hasBegun.ShouldBeFalse();
    }

    [Fact]
    public void What_a_fleet_throws_is_no_end_of_its_day() =>
        Should.Throw<InvalidOperationException>(() => _time.Run(() => Seat().LiveAsync(static _ => throw new InvalidOperationException("broken"), default))).Message.ShouldBe("broken");

    private FleetSeat Seat() => new(
        FleetVariant.Gate, new FakeDoor(_time, static _ => throw new NotSupportedException()), new MemoryRecordStore(new RecordDisk(), _time), 1, Midnight + Length, static _ => { });
}
