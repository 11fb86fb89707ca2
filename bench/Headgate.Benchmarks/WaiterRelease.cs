using System.Diagnostics;
using System.Globalization;

namespace Headgate.Benchmarks;

/// <summary>A thousand callers for one missing key: calls made, and how long after the answer the last waiter went on.</summary>
internal static class WaiterRelease
{
    private const int Callers = 1_000;

    public static int Run()
    {
        List<double> milliseconds = [];
        var calls = 0;
        for (var round = 0; round < 25; round++)
        {
            var world = new BenchWorld();
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            world.Transport.Hold = () => gate.Task;
            var all = Enumerable.Range(0, Callers).Select(_ => world.Engine.FetchAsync(world.Demand("/one/1"), CancellationToken.None).AsTask()).ToArray();
            var watch = Stopwatch.StartNew();
            gate.SetResult();
            Task.WaitAll(all);
            milliseconds.Add(watch.Elapsed.TotalMilliseconds);
            calls = Math.Max(calls, world.Transport.Calls);
        }

        milliseconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Callers} callers: {calls} call, all released after {milliseconds[milliseconds.Count / 2]:0.00} ms (median of {milliseconds.Count}), worst {milliseconds[^1]:0.00} ms"));
        return 0;
    }
}
