using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>A killed server loses no job and completes none twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Twenty_jobs_survive_a_kill_and_each_completes_exactly_once()
    {
        using var folder = new TempFolder();
        var data = folder.File("strategies");
        var ids = new List<string>();
        using (var first = await Server.StartAsync(data))
        {
            for (var tag = 1; tag <= 20; tag++)
            {
                ids.Add(await first.SubmitAsync(tag));
            }

            // Some are done, some run, some wait: that is the moment.
            await first.UntilAsync(jobs => jobs.Count(j => Status(j) == "completed") >= 5 && jobs.Exists(j => Status(j) == "processing"));
            first.Kill();
        }

        using var second = await Server.StartAsync(data);
        var jobs = await second.UntilAsync(all => all.TrueForAll(j => Status(j) is "completed" or "failed"));

        jobs.Select(j => j.GetProperty("job_id").GetString()).ShouldBe(ids, ignoreOrder: true);
        jobs.ShouldAllBe(j => Status(j) == "completed");
        var attempts = jobs.ConvertAll(j => j.GetProperty("attempts").GetInt64());
        output.WriteLine($"attempts: {string.Join(' ', attempts)}");
        attempts.ShouldAllBe(a => a == 1 || a == 2);
        attempts.ShouldContain(2, "the kill must have hit running jobs");
        var executions = await second.Client.GetFromJsonAsync<List<JsonElement>>("/api/v1/executions?limit=500");
        executions!.Count.ShouldBe(20);
        foreach (var job in jobs)
        {
            var execution = await second.Client.GetFromJsonAsync<JsonElement>($"/api/v1/executions/{job.GetProperty("execution_id").GetInt64()}");
            execution.GetProperty("data").GetArrayLength().ShouldBe(1);
            execution.GetProperty("data")[0].GetProperty("Tag").GetInt64().ShouldBe(job.GetProperty("parameters").GetProperty("tag").GetInt64());
        }

        second.Kill();
    }

    private static string Status(JsonElement job) => job.GetProperty("status").GetString()!;

    private sealed class Server : IDisposable
    {
        private readonly Process _process;

        private Server(Process process, string url)
        {
            _process = process;
            Client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
        }

        public HttpClient Client { get; }

        public static async Task<Server> StartAsync(string data)
        {
            var process = Process.Start(new ProcessStartInfo("dotnet", [SiblingProject.Assembly("Headgate.Strategies.JobHost"), data]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var url = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            return new Server(process, url.ShouldNotBeNull());
        }

        public async Task<string> SubmitAsync(int tag)
        {
            using var response = await Client.PostAsJsonAsync("/api/v1/execute", new { strategy_name = "slow", parameters = new { tag }, async_execution = true });
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("job_id").GetString()!;
        }

        public async Task<List<JsonElement>> UntilAsync(Func<List<JsonElement>, bool> reached)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await pace.WaitForNextTickAsync(limit.Token))
            {
                var jobs = await Client.GetFromJsonAsync<List<JsonElement>>("/api/v1/jobs?limit=500", limit.Token);
                if (reached(jobs!))
                {
                    return jobs!;
                }
            }

            throw new TimeoutException();
        }

        /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
        public void Kill() => _process.Kill();

        public void Dispose()
        {
            Client.Dispose();
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
