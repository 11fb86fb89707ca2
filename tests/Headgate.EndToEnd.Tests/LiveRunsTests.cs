using Headgate.Cli.Monitoring;
using Headgate.Cli.Twins;
using Headgate.Simulation;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Headgate.EndToEnd.Tests;

public sealed class LiveRunsTests
{
    private readonly VirtualTime _time = new();
    private readonly Lines _log = new();

    [Fact]
    public void A_system_that_throws_is_logged_by_name_and_begins_again_after_10_s_doubling_to_5_minutes_while_the_others_go_on() => _time.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var broken = new Fake("fleet", _time, static (_, _) => throw new InvalidDataException("no such book"));
        var well = new Fake("collector", _time, (_, cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation));
        var runs = new LiveRuns(_time, _log).RunAsync([broken, well], stop.Token);
        await Task.Delay(TimeSpan.FromMinutes(20), _time);
        runs.IsCompleted.ShouldBeFalse();
        well.Began.Count.ShouldBe(1);
        broken.Began.Zip(broken.Began.Skip(1), static (one, next) => (int)(next - one).TotalSeconds).ShouldBe([10, 20, 40, 80, 160, 300, 300]);
        _log.All.Count.ShouldBe(broken.Began.Count);
        _log.All.ShouldAllBe(line => line.Level == LogLevel.Error && line.Text.StartsWith("fleet failed") && line.Problem is InvalidDataException);
        // It waits for its next try: the end that is asked for comes at once all the same, and quietly.
        stop.Cancel();
        await runs;
    });

    [Fact]
    public void A_system_that_ran_well_for_long_is_tried_again_after_10_s() => _time.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var rare = new Fake("crypto", _time, async (run, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(run == 3 ? 30 : 0), _time, cancellation);
            throw new OperationCanceledException("a call timed out");
        });
        var runs = new LiveRuns(_time, _log).RunAsync([rare], stop.Token);
        await Task.Delay(TimeSpan.FromMinutes(31.5), _time);
        rare.Began.Zip(rare.Began.Skip(1), static (one, next) => (int)(next - one).TotalSeconds).ShouldBe([10, 20, 1810, 20]);
        stop.Cancel();
        await runs;
    });

    [Fact]
    public void Cancellation_ends_quietly() => _time.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var runs = new LiveRuns(_time, _log).RunAsync([new Fake("kite", _time, (_, cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation))], stop.Token);
        stop.Cancel();
        await runs;
        _log.All.ShouldBeEmpty();
    });

    private sealed class Fake(string name, TimeProvider time, Func<int, CancellationToken, Task> run) : ILiveSystem
    {
        public string Name => name;

        public List<DateTimeOffset> Began { get; } = [];

        public IReadOnlyList<EmulatedUpstream> Upstreams(Market? market) => [];

        public Task StartAsync(LiveSeat seat, IReadOnlyList<string> parts, CancellationToken cancellation) => Task.CompletedTask;

        public async Task RunAsync(CancellationToken cancellation)
        {
            Began.Add(time.GetUtcNow());
            await run(Began.Count, cancellation);
        }

        public Task<bool> RunOnceAsync(CancellationToken cancellation) => Task.FromResult(true);

        public void Map(IEndpointRouteBuilder routes)
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Lines : ILogger
    {
        public List<(LogLevel Level, string Text, Exception? Problem)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add((logLevel, formatter(state, exception), exception));
    }
}
