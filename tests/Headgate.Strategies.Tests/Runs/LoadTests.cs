using System.Diagnostics;
using Headgate.Strategies.Tests.Strategies;
using Xunit.Abstractions;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>Many callers at once.</summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_hundred_concurrent_mixed_requests_all_succeed()
    {
        using var folder = new TempFolder();
        await using var host = await PlatformHost.StartAsync(folder, WorkedExample.Market());
        var first = (await host.ExecuteAsync("call_sell_future_buy_weekly")).GetProperty("execution_id").GetInt64();

        var requests = Enumerable.Range(0, 100).Select(i => (i % 5) switch
        {
            0 => host.ExecuteAsync("call_sell_future_buy_weekly", new { call_sell_position = i / 10.0 }),
            1 => host.ExecuteAsync("call_sell_future_buy_t2", new { call_sell_position = i % 3 }, useCache: false),
            2 => host.ExecuteAsync("probe", new { tag = i }, isAsync: true),
            3 => host.GetAsync($"/api/v1/executions/{first}"),
            _ => host.GetAsync(i % 2 == 0 ? "/api/v1/metrics" : "/api/v1/cache/stats"),
        });
        await Task.WhenAll(requests);

        var jobs = await host.GetAsync("/api/v1/jobs?limit=500");
        jobs.GetArrayLength().ShouldBe(20);
        foreach (var job in jobs.EnumerateArray())
        {
            (await host.JobAsync(job.GetProperty("job_id").GetString()!, "completed", "failed")).GetProperty("status").GetString().ShouldBe("completed");
        }

        (await host.GetAsync("/api/v1/metrics")).GetProperty("overall").GetProperty("failed_executions").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Sixty_percent_repeated_parameters_hit_the_cache_at_least_sixty_percent_of_the_time()
    {
        using var folder = new TempFolder();
        await using var host = await PlatformHost.StartAsync(folder, WorkedExample.Market());
        var random = new Random(7);
        var known = Enumerable.Range(0, 5).ToList();
        foreach (var tag in known)
        {
            await host.ExecuteAsync("probe", new { tag });
        }

        await host.PostAsync("/api/v1/metrics/reset");
        var times = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var isRepeat = i % 5 < 3;
            var tag = isRepeat ? known[random.Next(known.Count)] : 1000 + i;
            var watch = Stopwatch.StartNew();
            var status = await host.ExecuteAsync("probe", new { tag });
            if (status.GetProperty("cached").GetBoolean())
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            known.Add(tag);
        }

        var overall = (await host.GetAsync("/api/v1/metrics")).GetProperty("overall");
        times.Sort();
        output.WriteLine($"hit rate {overall.GetProperty("cache_hit_rate").GetDouble()} %, cached reply p50 {times[times.Count / 2]:0.00} ms, p99 {times[times.Count * 99 / 100]:0.00} ms");
        overall.GetProperty("cache_hit_rate").GetDouble().ShouldBeGreaterThanOrEqualTo(60.0);
    }
}
