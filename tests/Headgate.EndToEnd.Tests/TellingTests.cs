using Headgate.Cli.Monitoring;
using Headgate.Simulation;

namespace Headgate.EndToEnd.Tests;

public sealed class TellingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualTime _time = new();
    private int _told;

    [Fact]
    public void What_cannot_be_told_ends_the_run_at_once_and_is_thrown()
    {
        using var later = new CancellationTokenSource(TimeSpan.FromHours(1), _time);
        Should.Throw<IOException>(() => _time.Run(() => Telling.WhileAsync(UntilAsync, Tell, Second, _time, later.Token))).Message.ShouldBe("no terminal");
        _time.Elapsed.ShouldBe((2 * Second).Ticks);

        void Tell() => _ = ++_told < 3 ? 0 : throw new IOException("no terminal");
    }

    [Fact]
    public void A_run_that_throws_is_told_of_once_more_at_once()
    {
        Should.Throw<InvalidDataException>(() => _time.Run(() => Telling.WhileAsync(RunAsync, () => _told++, TimeSpan.FromHours(1), _time, default)));
        _time.Elapsed.ShouldBe(Second.Ticks);
        _told.ShouldBe(2);

        async Task RunAsync(CancellationToken end)
        {
            await _time.Delay(Second);
            throw new InvalidDataException("no such book");
        }
    }

    [Fact]
    public void Cancellation_ends_quietly_after_the_last_words()
    {
        using var end = new CancellationTokenSource(10 * Second, _time);
        _time.Run(() => Telling.WhileAsync(UntilAsync, () => _told++, 4 * Second, _time, end.Token));
        _told.ShouldBe(4);
    }

    private async Task UntilAsync(CancellationToken end)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // As the systems of the desk end.
        }
    }
}
