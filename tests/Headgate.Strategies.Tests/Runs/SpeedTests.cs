using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Headgate.Strategies.Store;
using Headgate.Strategies.Store.Import;
using Headgate.Testing;
using Xunit.Abstractions;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>Prints the published figures (cold run, cached reply) over the real data and real sockets; only a gross miss fails.</summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    [SharedFact]
    public async Task A_cold_weekly_run_and_cached_replies_keep_the_published_times()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("strategies"));
        using (var store = BhavcopyStore.Open(folder.File("strategies/bhavcopy.db")))
        {
            var importer = new Importer(store, TimeProvider.System);
            importer.Bhavcopy(SharedFiles.Path("data", "nse_fo_udiff"), ImportOptions.Default).Succeeded.ShouldBeTrue();
            importer.SpotFromSheets("NIFTY").ShouldBe(40);
        }

        await using var host = await PlatformHost.StartAsync(folder);
        var watch = Stopwatch.StartNew();
        var cold = await host.ExecuteAsync("call_sell_future_buy_weekly", new { filter = "none", call_sell_position = 1 });
        output.WriteLine($"cold: {watch.Elapsed.TotalMilliseconds:0} ms, of which the run {cold.GetProperty("duration_ms").GetDouble():0} ms, {cold.GetProperty("row_count").GetInt32()} trades");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1.2 * 5), "five times the published figure: a busy build machine is no benchmark");

        var times = new List<double>();
        for (var i = 0; i < 500; i++)
        {
            watch.Restart();
            (await host.ExecuteAsync("call_sell_future_buy_weekly", new { filter = "none", call_sell_position = 1 })).GetProperty("cached").GetBoolean().ShouldBeTrue();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cached reply: p50 {times[250]:0.00} ms, p99 {times[495]:0.00} ms"));
        times[495].ShouldBeLessThan(250);
    }

    [SharedFact]
    public async Task Spot_printed_in_the_files_equals_the_exchange_index_series()
    {
        using var folder = new TempFolder();
        using var store = BhavcopyStore.Open(folder.File("bhavcopy.db"));
        var importer = new Importer(store, TimeProvider.System);
        importer.Bhavcopy(SharedFiles.Path("data", "nse_fo_udiff"), ImportOptions.Default);
        importer.SpotFromSheets("NIFTY");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedFiles.Path("data", "nse_index", "index_spot_futures_volatility_daily.csv.gz")), CompressionMode.Decompress));
        var published = reader.ReadToEnd().Split('\n').Select(l => l.Split(',')).Where(f => f.Length > 2 && f[1] == "NIFTY")
            .ToDictionary(f => f[0], f => decimal.Parse(f[2], CultureInfo.InvariantCulture), StringComparer.Ordinal);

        var spot = await store.SpotAsync("NIFTY", default);

        spot.Count.ShouldBe(40);
        spot.ShouldAllBe(s => published[s.Date.ToString("yyyy-MM-dd")] == s.Close);
    }
}
