using Headgate.Flights;
using Headgate.Simulation;
using Shouldly;

namespace Headgate.Tests.Flights;

/// <summary>One timer wakes every waiter at its own deadline.</summary>
public sealed class DeadlineBookTests
{
    [Fact]
    public void Waiters_are_woken_each_at_its_deadline_in_whatever_order_they_came()
    {
        var time = new VirtualTime();
        var clock = new EngineClock(time, "boot");
        using var book = new DeadlineBook(clock);
        var start = clock.Now;
        List<(int Seconds, EngineTime At)> woken = [];
        time.Run(async () =>
        {
            await Task.WhenAll(new[] { 3, 1, 2, 1, 7 }.Select(async seconds =>
            {
                await new Waiter().WaitAsync(book, start + TimeSpan.FromSeconds(seconds), CancellationToken.None);
                woken.Add((seconds, clock.Now));
            }));
        });

        woken.ShouldBe(new[] { 1, 1, 2, 3, 7 }.Select(seconds => (seconds, start + TimeSpan.FromSeconds(seconds))));
    }

    [Fact]
    public void Who_is_answered_before_the_deadline_is_forgotten_long_before_it()
    {
        var clock = new EngineClock(new VirtualTime(), "boot");
        using var book = new DeadlineBook(clock);
        for (var i = 0; i < 10_000; i++)
        {
            var waiter = new Waiter();
            _ = waiter.WaitAsync(book, clock.Now + TimeSpan.FromHours(1), CancellationToken.None);
            waiter.Wake();
        }

        book.Count.ShouldBeLessThanOrEqualTo(256);
    }

    [Fact]
    public void A_deadline_in_the_past_wakes_at_once()
    {
        var time = new VirtualTime();
        var clock = new EngineClock(time, "boot");
        using var book = new DeadlineBook(clock);
        var start = clock.Now;
        time.Run(async () => await new Waiter().WaitAsync(book, default, CancellationToken.None));

        clock.Now.ShouldBe(start);
    }
}
