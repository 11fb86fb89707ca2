using System.Diagnostics;
using System.Globalization;

namespace Headgate.Benchmarks;

/// <summary>
/// Contestants in interleaved rounds of short slices: on a machine that others use too, a slice that nobody interrupted tells the true cost (the tenth),
/// and all of them meet the same weather (the median).
/// </summary>
internal static class Rounds
{
    private const int Count = 200;

    public static int Run(params (string Name, int Operations, Func<bool> Run)[] all)
    {
        var slices = Array.ConvertAll(all, static _ => new List<double>());
        var bytes = new long[all.Length];
        // The runtime compiles what is hot a second and a third time behind the program's back.
        for (var warmUp = 0; warmUp < 3; warmUp++)
        {
            Array.ForEach(all, one => Ask(one.Run, one.Operations, one.Name));
            Thread.Sleep(300);
        }

        for (var round = 0; round < Count; round++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                // The others have emptied the processor's caches; a busy gate's are warm.
                Ask(all[i].Run, all[i].Operations, all[i].Name);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var watch = Stopwatch.GetTimestamp();
                Ask(all[i].Run, all[i].Operations, all[i].Name);
                slices[i].Add(Stopwatch.GetElapsedTime(watch).TotalNanoseconds / all[i].Operations);
                bytes[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            slices[i].Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all[i].Name,-52} tenth {slices[i][Count / 10],9:#,0.0} ns, median {slices[i][Count / 2],9:#,0.0} ns, {bytes[i] / all[i].Operations,6} B"));
        }

        return 0;
    }

    private static void Ask(Func<bool> run, int times, string name)
    {
        for (var n = times; n > 0; n--)
        {
            if (!run())
            {
                throw new InvalidOperationException($"{name} did not do what it is measured for.");
            }
        }
    }
}
