using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Strategies.Api;
using Headgate.Strategies.Runs;
using Headgate.Strategies.Store;
using Headgate.Strategies.Store.Import;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headgate.Benchmarks;

/// <summary>
/// Import, cold weekly run and cached replies of the strategy platform over real sockets and files:
/// <c>dotnet run -c Release -- strategies [folder of UDiFF bhavcopy files]</c>; without a folder over a year of synthetic data.
/// </summary>
internal static class StrategySpeed
{
    private const int Cold = 20;
    private const int Cached = 5_000;

    public static async Task<int> RunAsync(string? bhavcopy)
    {
        var folder = Directory.CreateTempSubdirectory("headgate-bench-").FullName;
        try
        {
            Import(folder, bhavcopy);
            await using var app = await StartAsync(folder);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            await MeasureAsync(http);
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Import(string folder, string? bhavcopy)
    {
        var source = bhavcopy ?? Path.Combine(folder, "demo", "bhavcopy");
        if (bhavcopy is null)
        {
            DemoData.Write(Path.Combine(folder, "demo"), 250, 1);
        }

        using var store = BhavcopyStore.Open(Path.Combine(folder, "bhavcopy.db"));
        var importer = new Importer(store, TimeProvider.System);
        var watch = Stopwatch.StartNew();
        var report = importer.Bhavcopy(source, ImportOptions.Default);
        if (bhavcopy is null)
        {
            importer.Spot(Path.Combine(folder, "demo", $"{DemoData.Label}_spot.csv"), ImportOptions.Default);
        }
        else
        {
            importer.SpotFromSheets("NIFTY");
        }

        Print($"import: {report.Imported} files, {report.Rows} rows in {watch.Elapsed.TotalSeconds:0.0} s ({report.Rows / watch.Elapsed.TotalSeconds:0} rows a second), {new FileInfo(store.FilePath).Length / 1e6:0.0} MB");
    }

    private static async Task<WebApplication> StartAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddProblemDetails().AddStrategyPlatform(new StrategyPlatformOptions { DataDirectory = folder });
        var app = builder.Build();
        app.MapStrategyPlatform();
        await app.StartAsync();
        return app;
    }

    private static async Task MeasureAsync(HttpClient http)
    {
        var cold = await TimesAsync(http, Cold, useCache: false);
        Print($"cold weekly run: first {cold.First:0} ms, then median {Quantile(cold.Sorted, 0.5):0.0} ms, worst {cold.Sorted[^1]:0.0} ms of {Cold}");
        await TimesAsync(http, 1, useCache: true);
        var cached = await TimesAsync(http, Cached, useCache: true);
        Print($"cached reply: p50 {Quantile(cached.Sorted, 0.5):0.00} ms, p99 {Quantile(cached.Sorted, 0.99):0.00} ms, worst {cached.Sorted[^1]:0.0} ms of {Cached}");
    }

    private static async Task<(double First, double[] Sorted)> TimesAsync(HttpClient http, int count, bool useCache)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await http.PostAsJsonAsync(
                "/api/v1/execute",
                new { strategy_name = "call_sell_future_buy_weekly", parameters = new { filter = "none", call_sell_position = 1 }, use_cache = useCache });
            var status = await response.Content.ReadFromJsonAsync<JsonElement>();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (status.GetProperty("status").GetString() != "completed")
            {
                throw new InvalidOperationException(status.ToString());
            }
        }

        var first = times[0];
        Array.Sort(times);
        return (first, times);
    }

    private static double Quantile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
