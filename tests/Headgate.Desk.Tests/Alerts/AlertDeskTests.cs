using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Doors;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Alerts;

public sealed class AlertDeskTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 20, 10, 0, 0, new TimeSpan(5, 30, 0));

    private readonly VirtualTime _time = new(Ten);
    private readonly PlugDisk _disk = new();
    private readonly List<string> _notes = [];

    [Fact]
    public void An_alert_is_recorded_as_sent_only_after_the_service_took_it() => Run(async (desk, door) =>
    {
        door.OnArrival = _ => Stage("INFY").ShouldBe("Sending");
        (await desk.RaiseAsync(Alert("INFY"), default)).ShouldBeTrue();
        Stage("INFY").ShouldBe("Sent");
        door.Arrived.ShouldHaveSingleItem();
    });

    [Fact]
    public void An_alert_raised_twice_is_sent_once_also_at_the_same_moment_and_by_the_next_process() => _time.Run(async () =>
    {
        var door = new ScriptedDoor(_time);
        await using (var desk = await StartAsync(door))
        {
            var both = await Task.WhenAll(desk.RaiseAsync(Alert("INFY"), default).AsTask(), desk.RaiseAsync(Alert("INFY"), default).AsTask());
            both.ShouldAllBe(isSent => isSent);
            (await desk.RaiseAsync(Alert("INFY"), default)).ShouldBeTrue();
        }

        await using var next = await StartAsync(door);
        (await next.RaiseAsync(Alert("INFY"), default)).ShouldBeTrue();
        door.Arrived.ShouldHaveSingleItem();
    });

    [Fact]
    public void A_refused_message_is_sent_again_when_RetryAfter_is_over_and_not_before() => Run(async (desk, door) =>
    {
        door.Answers.Enqueue(new DeskAnswer(429, "{\"ok\":false,\"parameters\":{\"retry_after\":35}}"u8.ToArray()));
        (await desk.RaiseAsync(Alert("INFY"), default)).ShouldBeFalse();
        (await desk.RaiseAsync(Alert("TCS"), default)).ShouldBeTrue("its turn came within the time a monitor waits");
        door.Arrived.Count.ShouldBe(3);
        (door.Arrived[1].At - door.Arrived[0].At).ShouldBeInRange(TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(36));
        door.Texts.ShouldAllBe(text => !text.Contains("May have been sent before"));
        Stage("TCS").ShouldBe("Sent");
    });

    [Fact]
    public void A_gate_that_refuses_for_a_limit_is_asked_again_at_its_RetryAt() => Run(async (desk, door) =>
    {
        door.Answers.Enqueue(Refused(RefusalKind.Limited) with { RetryAt = Ten.AddSeconds(90) });
        (await desk.RaiseAsync(Alert("INFY"), default)).ShouldBeFalse();
        await _time.Delay(TimeSpan.FromMinutes(2));
        door.Arrived[1].At.ShouldBeInRange(Ten.AddSeconds(90), Ten.AddSeconds(91));
        door.Texts[1].ShouldNotContain("May have been sent before");
    });

    [Fact]
    public void A_message_whose_outcome_is_unknown_is_sent_again_showing_its_key() => Run(async (desk, door) =>
    {
        door.Answers.Enqueue(Refused(RefusalKind.OutcomeUnknown));
        await desk.RaiseAsync(Alert("INFY"), default);
        await _time.Delay(TimeSpan.FromMinutes(1));
        door.Texts.Count.ShouldBe(2);
        door.Texts[0].ShouldNotContain(Alert("INFY").Key);
        door.Texts[1].ShouldContain("May have been sent before: " + Alert("INFY").Key);
        door.Texts.ShouldAllBe(text => text.Contains("#" + AlertRef.Of(Alert("INFY").Key)));
    });

    [Fact]
    public void Beyond_the_window_of_repetitions_an_uncertain_message_is_never_sent_again() => _time.Run(async () =>
    {
        var door = new ScriptedDoor(_time);
        door.Answers.Enqueue(Refused(RefusalKind.OutcomeUnknown));
        await using (var desk = await StartAsync(door))
        {
            await desk.RaiseAsync(Alert("INFY"), default);
        }

        await _time.Delay(TimeSpan.FromHours(25));
        await using var next = await StartAsync(door);
        await _time.Delay(TimeSpan.FromHours(1));
        door.Arrived.ShouldHaveSingleItem();
        Stage("INFY").ShouldBe("Uncertain");
        _notes.ShouldContain(note => note.Contains("uncertain and not repeated any more"));
    });

    [Fact]
    public void A_message_the_service_cannot_take_holds_up_no_other() => Run(async (desk, door) =>
    {
        door.Answers.Enqueue(new DeskAnswer(413, default));
        (await desk.RaiseAsync(Alert("INFY"), default)).ShouldBeFalse();
        (await desk.RaiseAsync(Alert("TCS"), default)).ShouldBeTrue();
    });

    [Fact]
    public void A_full_disk_raises_nothing_and_a_disk_that_fills_up_after_the_send_makes_no_second_message() => Run(async (desk, door) =>
    {
        _disk.OnWrite = (_, isDone) => _ = isDone ? 0 : throw new IOException("disk full");
        var refused = false;
        try
        {
            await desk.RaiseAsync(Alert("INFY"), default);
        }
        catch (IOException)
        {
            refused = true;
        }

        refused.ShouldBeTrue();
        door.Arrived.ShouldBeEmpty();

        _disk.OnWrite = null;
        door.OnArrival = _ => _disk.OnWrite = (_, isDone) => _ = isDone ? 0 : throw new IOException("disk full");
        (await desk.RaiseAsync(Alert("INFY"), default)).ShouldBeTrue();
        await _time.Delay(TimeSpan.FromMinutes(3));
        _disk.OnWrite = null;
        await _time.Delay(TimeSpan.FromMinutes(3));
        door.Arrived.ShouldHaveSingleItem();
        Stage("INFY").ShouldBe("Sent");
    });

    [Fact]
    public void A_channel_that_is_down_holds_up_no_other_channel() => _time.Run(async () =>
    {
        var door = new ScriptedDoor(_time);
        using var console = new StringWriter();
        for (var i = 0; i < 100; i++)
        {
            door.Answers.Enqueue(Refused(RefusalKind.BreakerOpen));
        }

        await using var desk = new AlertDesk(new PlugRecords(_disk, _time), [new ConsoleChannel(console), new TelegramChannel(door, new TelegramOptions("demo", "42"))], _time);
        await desk.StartAsync(default);
        (await desk.RaiseAsync(Alert("INFY"), default)).ShouldBeTrue();
        console.ToString().ShouldBe("10:00:03 stock: INFY fell 1.5 %\n");
    });

    [Fact]
    public void A_channel_that_is_added_is_not_told_of_the_past() => _time.Run(async () =>
    {
        var door = new ScriptedDoor(_time);
        await using (var desk = await StartAsync(door))
        {
            await desk.RaiseAsync(Alert("INFY"), default);
        }

        using var console = new StringWriter();
        await using var next = new AlertDesk(new PlugRecords(_disk, _time), [new ConsoleChannel(console), new TelegramChannel(door, new TelegramOptions("demo", "42"))], _time);
        await next.StartAsync(default);
        await next.RaiseAsync(Alert("INFY"), default);
        await next.RaiseAsync(Alert("TCS"), default);
        (await next.DrainAsync(TimeSpan.FromMinutes(1), default)).ShouldBeTrue();
        console.ToString().ShouldBe("10:00:03 stock: TCS fell 1.5 %\n");
        door.Arrived.Count.ShouldBe(2);
        (await next.Alerts.LatestAsync(5, default)).Single(status => status.Alert.Subject == "INFY").Waiting.ShouldBeEmpty();
    });

    [Fact]
    public void The_latest_alerts_come_newest_first_and_from_a_moment_on() => Run(async (desk, _) =>
    {
        foreach (var name in (string[])["INFY", "TCS", "WIPRO"])
        {
            await desk.RaiseAsync(Alert(name) with { RaisedAt = _time.GetUtcNow() }, default);
            await _time.Delay(TimeSpan.FromMinutes(1));
        }

        (await Names(null, 5)).ShouldBe(["WIPRO", "TCS", "INFY"]);
        (await Names(null, 2)).ShouldBe(["WIPRO", "TCS"]);
        (await Names((await desk.Alerts.LatestAsync(2, default))[1].Alert.RaisedAt, 5)).ShouldBe(["WIPRO", "TCS"]);
        (await Names(_time.GetUtcNow(), 5)).ShouldBeEmpty();

        async Task<IEnumerable<string>> Names(DateTimeOffset? from, int max) => (await desk.Alerts.LatestAsync(from, max, default)).Select(status => status.Alert.Subject);
    });

    /// <summary>Kill at every write of the store, before and after it takes effect, and while each message is under way.</summary>
    [Fact]
    public void A_kill_at_any_point_loses_no_alert_and_repeats_only_what_was_under_way_showing_its_key()
    {
        string[] names = ["INFY", "TCS", "WIPRO"];
        var (kills, repeats) = (0, 0);
        for (var point = 1; ; point++)
        {
            var (survived, texts) = KillAt(point, names);
            if (survived)
            {
                break;
            }

            kills++;
            foreach (var name in names)
            {
                var of = texts.Where(text => text.Contains(name + " fell")).ToList();
                of.ShouldNotBeEmpty($"{name} was lost by the kill at point {point}");
                of.Count.ShouldBeLessThanOrEqualTo(2);
                of.Skip(1).ShouldAllBe(text => text.Contains("May have been sent before"));
                repeats += of.Count - 1;
            }
        }

        kills.ShouldBeGreaterThan(15);
        repeats.ShouldBeInRange(1, 9);
    }

    // A point is half a write (before, after) or an arrival at the service; the process that runs into it is gone.
    private static (bool Survived, IReadOnlyList<string> Texts) KillAt(int point, string[] names)
    {
        var time = new VirtualTime(Ten);
        var disk = new PlugDisk();
        List<(DateTimeOffset At, DeskMessage Message)> arrived = [];
        var passed = 0;
        var first = new VirtualProcess(time);
        void Point()
        {
            if (++passed == point)
            {
                first.Kill();
            }
        }

        time.Run(async () =>
        {
            disk.OnWrite = (_, _) => Point();
            try
            {
                await first.Run(() => LifeAsync(first, disk, new ScriptedDoor(first) { Arrived = arrived, OnArrival = _ => Point() }, names));
            }
            catch (ProcessKilledException)
            {
                // As planned. The machine is up again a minute later and runs the cycle once more.
                disk.OnWrite = null;
                await time.Delay(TimeSpan.FromMinutes(1));
                var second = new VirtualProcess(time);
                await second.Run(() => LifeAsync(second, disk, new ScriptedDoor(second) { Arrived = arrived }, names));
            }
        });
        return (first.IsAlive, new ScriptedDoor(time) { Arrived = arrived }.Texts);
    }

    private static async Task<bool> LifeAsync(VirtualProcess process, PlugDisk disk, ScriptedDoor door, string[] names)
    {
        await using var desk = new AlertDesk(new PlugRecords(disk, process), [new TelegramChannel(door, new TelegramOptions("demo", "42"))], process);
        await desk.StartAsync(default);
        await Task.WhenAll(names.Select(name => desk.RaiseAsync(Alert(name), default).AsTask()));
        return await desk.DrainAsync(TimeSpan.FromMinutes(5), default);
    }

    private static Alert Alert(string symbol) => new("stock", "5min", symbol, Ten, Ten.AddSeconds(3)) { Html = $"<b>{symbol} fell</b> 1.5 %", Summary = $"{symbol} fell 1.5 %", Price = 98.5m };

    private static DeskAnswer Refused(RefusalKind kind) => new(503, default) { Refusal = new Refusal(kind, 503, "no", RetryAt: null, Limit: null) };

    private string Stage(string symbol)
    {
        var content = _disk.Records[(AlertStore.DeliveryKind, "telegram|" + Alert(symbol).Key)].Content;
        return System.Text.Json.JsonDocument.Parse(content).RootElement.GetProperty("stage").GetString()!;
    }

    private async Task<AlertDesk> StartAsync(ScriptedDoor door)
    {
        var desk = new AlertDesk(new PlugRecords(_disk, _time), [new TelegramChannel(door, new TelegramOptions("demo", "42"))], _time, note: _notes.Add);
        await desk.StartAsync(default);
        return desk;
    }

    private void Run(Func<AlertDesk, ScriptedDoor, Task> test) => _time.Run(async () =>
    {
        var door = new ScriptedDoor(_time);
        await using var desk = await StartAsync(door);
        await test(desk, door);
    });
}
