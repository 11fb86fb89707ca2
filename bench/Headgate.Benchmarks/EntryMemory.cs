using System.Globalization;

namespace Headgate.Benchmarks;

/// <summary>Bytes held per entry over its key and body: <c>dotnet run -c Release -- memory 1000000</c>.</summary>
internal static class EntryMemory
{
    private const int BodyBytes = 500;

    public static int Run(int entries)
    {
        // What a process needs once (pools, statistics) is no entry's.
        Fill(new BenchWorld(), 500);
        var world = new BenchWorld();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Fill(world, entries);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var key = "NSE:S".Length + entries.ToString(CultureInfo.InvariantCulture).Length - 1;
        var perEntry = (double)held / entries;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries} entries: {perEntry:0} B each, {perEntry - BodyBytes - (2 * key):0} B over body ({BodyBytes} B) and key ({key} characters)"));
        GC.KeepAlive(world);
        return 0;
    }

    private static void Fill(BenchWorld world, int entries)
    {
        for (var from = 0; from < entries; from += 500)
        {
            world.Engine.FetchAsync(world.Demand(BenchWorld.Quotes(from, Math.Min(500, entries - from))), CancellationToken.None).AsTask().GetAwaiter().GetResult().Return();
        }
    }
}
