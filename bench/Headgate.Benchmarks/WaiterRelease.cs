using System.Diagnostics;
using System.Globalization;

namespace Headgate.Benchmarks;

/// <summary>A thousand callers for one missing key: calls made, how long after the answer the last caller went on, and the processor time of all of it.</summary>
internal static class WaiterRelease
{
    private const int Callers = 1_000;
    private const int Rounds = 101;
    private const int WarmUps = 100;

    public static int Run()
    {
        List<double> milliseconds = [];
        List<double> processor = [];
        var calls = 0;
        var world = new BenchWorld();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            if (round <= 0 && round % 20 == 0)
            {
                // The runtime compiles what is hot a second and a third time behind the program's back.
                Thread.Sleep(500);
            }

            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var target = $"/one/{round}";
            var before = world.Transport.Calls;
            var left = Callers;
            var last = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            world.Transport.Hold = () => gate.Task;
            for (var i = 0; i < Callers; i++)
            {
                _ = AskAsync();
            }

            var used = Environment.CpuUsage.TotalTime;
            var answered = Stopwatch.GetTimestamp();
            gate.SetResult();
            var took = (Stopwatch.GetElapsedTime(answered, last.Task.GetAwaiter().GetResult()).TotalMilliseconds, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
            if (round >= 0)
            {
                milliseconds.Add(took.Item1);
                processor.Add(took.Item2);
            }

            calls = Math.Max(calls, world.Transport.Calls - before);

            async Task AskAsync()
            {
                await world.Engine.FetchAsync(world.Demand(target), CancellationToken.None);
                if (Interlocked.Decrement(ref left) == 0)
                {
                    last.SetResult(Stopwatch.GetTimestamp());
                }
            }
        }

        milliseconds.Sort();
        processor.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Callers} callers: {calls} call, all released after {milliseconds[Rounds / 10]:0.00} ms (tenth of {Rounds}), {milliseconds[Rounds / 2]:0.00} ms (median), processor time {processor[Rounds / 10]:0.00} / {processor[Rounds / 2]:0.00} ms"));
        return 0;
    }
}
