using Headgate.Simulation;

namespace Headgate.Simulation.Tests;

public sealed class VirtualTimeTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void A_day_of_waiting_takes_no_real_time()
    {
        var start = _time.GetUtcNow();
        _time.Run(() => _time.Delay(TimeSpan.FromDays(1)));
        (_time.GetUtcNow() - start).ShouldBe(TimeSpan.FromDays(1));
    }

    [Fact]
    public void Timers_that_are_due_together_fire_in_the_order_they_were_set()
    {
        List<int> order = [];
        for (var i = 0; i < 10; i++)
        {
            var number = i;
            _time.CreateTimer(_ => order.Add(number), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        order.ShouldBe(Enumerable.Range(0, 10));
    }

    [Fact]
    public void What_is_ready_runs_before_time_passes()
    {
        List<string> order = [];
        _time.Run(async () =>
        {
            var timer = After(TimeSpan.FromTicks(1));
            await Task.Yield();
            order.Add("continuation");
            await timer;
        });
        order.ShouldBe(["continuation", "timer"]);

        async Task After(TimeSpan span)
        {
            await _time.Delay(span);
            order.Add("timer");
        }
    }

    [Fact]
    public void Advance_fires_timers_and_a_step_fires_none()
    {
        var fired = 0;
        using var timer = _time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        var timestamp = _time.GetTimestamp();
        var wall = _time.GetUtcNow();

        _time.Step(TimeSpan.FromHours(3));
        _time.Advance(TimeSpan.Zero);
        fired.ShouldBe(0);
        _time.GetTimestamp().ShouldBe(timestamp);
        (_time.GetUtcNow() - wall).ShouldBe(TimeSpan.FromHours(3));

        _time.Advance(TimeSpan.FromSeconds(35));
        fired.ShouldBe(3);
        _time.GetElapsedTime(timestamp).ShouldBe(TimeSpan.FromSeconds(35), TimeSpan.FromTicks(3));
    }

    [Fact]
    public void A_disposed_or_changed_timer_keeps_to_its_last_word()
    {
        var fired = 0;
        var disposed = _time.CreateTimer(_ => fired += 100, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var changed = _time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan).ShouldBeFalse();
        changed.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(4));
        fired.ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(1));
        fired.ShouldBe(1);
    }

    [Fact]
    public void Delays_cancellations_and_time_outs_of_the_framework_keep_virtual_time()
    {
        _time.Run(async () =>
        {
            var begun = _time.Elapsed;
            using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3), _time);
            await Expect.Throws<OperationCanceledException>(Task.Delay(TimeSpan.FromHours(1), _time, source.Token));
            (_time.Elapsed - begun).ShouldBe(TimeSpan.FromSeconds(3).Ticks);
            await Expect.Throws<TimeoutException>(new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(2), _time));
            (_time.Elapsed - begun).ShouldBe(TimeSpan.FromSeconds(5).Ticks);
            using var periodic = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
            await periodic.WaitForNextTickAsync();
            (_time.Elapsed - begun).ShouldBe(TimeSpan.FromSeconds(6).Ticks);
        });
    }

    [Fact]
    public void A_wait_that_nothing_can_end_is_reported_with_its_name()
    {
        var error = Should.Throw<VirtualDeadlockException>(() => _time.Run(async () =>
        {
            using (_time.Waiting("a permit nobody gives"))
            {
                await new TaskCompletionSource().Task;
            }
        }));
        error.Message.ShouldContain("a permit nobody gives");
    }

    [Fact]
    public void A_busy_wait_is_reported_instead_of_running_for_ever() =>
        Should.Throw<InvalidOperationException>(() => _time.Run(async () =>
        {
            while (true)
            {
                await Task.Yield();
            }
        })).Message.ShouldContain("busy-waiting");

    [Fact]
    public void A_continuation_from_a_foreign_thread_fails_the_run() =>
        Should.Throw<ForeignThreadException>(() => _time.Run(() =>
        {
            var context = SynchronizationContext.Current!;
            var foreign = new Thread(() => context.Post(_ => { }, null));
            foreign.Start();
            foreign.Join();
            return Task.CompletedTask;
        }));

    [Fact]
    public void An_exception_of_the_main_task_is_thrown_as_it_is() =>
        Should.Throw<FormatException>(() => _time.Run(async () =>
        {
            await Task.Yield();
            throw new FormatException();
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_seed_gives_one_hash_and_another_gives_another(bool shuffled)
    {
        Race(5, shuffled).ShouldBe(Race(5, shuffled));
        Race(5, shuffled).ShouldNotBe(Race(6, shuffled));
    }

    [Fact]
    public void A_killed_process_runs_nothing_more_and_its_callers_learn_of_it()
    {
        var process = new VirtualProcess(_time);
        var ran = 0;
        _time.Run(async () =>
        {
            using var ticking = process.CreateTimer(_ => ran++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            var call = process.Run(async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(5), process);
                ran += 100;
                return 1;
            });
            await _time.Delay(TimeSpan.FromSeconds(2.5));
            process.Kill();
            await Expect.Throws<ProcessKilledException>(call);
            await Expect.Throws<ProcessKilledException>(process.Run(() => Task.FromResult(1)));
            await _time.Delay(TimeSpan.FromSeconds(10));
        });
        ran.ShouldBe(2);
    }

    [Fact]
    public void A_process_killed_from_within_stops_at_its_next_wait()
    {
        var process = new VirtualProcess(_time);
        var steps = 0;
        _time.Run(async () =>
        {
            var call = process.Run(async () =>
            {
                steps++;
                process.Kill();
                steps++;
                await Task.Yield();
                steps++;
            });
            await Expect.Throws<ProcessKilledException>(call);
            await _time.Delay(TimeSpan.FromSeconds(1));
        });
        steps.ShouldBe(2);
    }

    [Fact]
    public void A_reboot_begins_the_monotonic_clock_anew()
    {
        _time.Advance(TimeSpan.FromHours(1));
        var process = new VirtualProcess(_time, boot: 2, bootedAt: _time.Elapsed);
        process.GetTimestamp().ShouldBe(0);
        process.BootId.ShouldNotBe(new VirtualProcess(_time).BootId);
    }

    private static ulong Race(int seed, bool shuffled)
    {
        var random = new Random(seed);
        var time = new VirtualTime(DateTimeOffset.UnixEpoch, shuffled ? new Random(seed) : null);
        time.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(async worker =>
        {
            for (var i = 0; i < 20; i++)
            {
                await time.Delay(TimeSpan.FromMilliseconds(random.Next(5)));
                time.Log.Add("turn", worker, i);
            }
        })));
        return time.Log.Hash;
    }
}
