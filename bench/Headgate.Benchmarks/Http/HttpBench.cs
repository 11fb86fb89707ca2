using System.Globalization;
using System.Text;

namespace Headgate.Benchmarks.Http;

/// <summary>
/// Cache hits over HTTP/1.1 beside nginx and Varnish: server on the first processor, wrk with 32 connections on the second, rounds interleaved, medians.
/// Processor time per request is the steady figure; requests per second and p99 move with everything else on the machine.
/// </summary>
internal static class HttpBench
{
    private const int UpstreamPort = 17_700;
    private static readonly string[] Scenarios = ["small", "large", "merged"];

    /// <param name="arguments"><c>rounds=10 seconds=2 only=small,large,merged servers=headgate,nginx,varnish nice=0</c>; a negative niceness keeps a busy machine from interrupting the rounds.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var settings = arguments.Select(argument => argument.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var rounds = int.Parse(settings.GetValueOrDefault("rounds", "10"), CultureInfo.InvariantCulture);
        var seconds = double.Parse(settings.GetValueOrDefault("seconds", "2"), CultureInfo.InvariantCulture);
        var scenarios = settings.TryGetValue("only", out var only) ? only.Split(',') : Scenarios;
        var wanted = settings.GetValueOrDefault("servers", "headgate,nginx,varnish").Split(',');
        var niceness = int.Parse(settings.GetValueOrDefault("nice", "0"), CultureInfo.InvariantCulture);
        var work = Directory.CreateTempSubdirectory("headgate-bench").FullName;
        await using var upstream = await BenchUpstream.StartAsync(UpstreamPort);
        List<ServerUnderTest> servers = [];
        try
        {
            foreach (var name in wanted)
            {
                servers.Add(await Peers.StartAsync(name, work, UpstreamPort, niceness));
            }

            foreach (var scenario in scenarios)
            {
                await CompareAsync(scenario, servers, upstream, work, rounds, seconds, niceness);
            }

            return 0;
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task CompareAsync(string scenario, List<ServerUnderTest> servers, BenchUpstream upstream, string work, int rounds, double seconds, int niceness)
    {
        var script = scenario == "merged" ? WriteScript(work) : null;
        var samples = servers.ToDictionary(server => server.Name, _ => new List<Sample>(), StringComparer.Ordinal);
        foreach (var server in servers)
        {
            await WarmAsync(UrlOf(server, scenario), script, niceness);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var server in servers)
            {
                var (cpu, calls) = (server.CpuSeconds(), upstream.Calls);
                var load = await Load.RunAsync(UrlOf(server, scenario), seconds, script, niceness);
                samples[server.Name].Add(new Sample((server.CpuSeconds() - cpu) * 1e6 / load.Requests, load.PerSecond, load.P99Ms, (double)(upstream.Calls - calls) / load.Requests, load.Bad));
            }
        }

        var baseline = samples.GetValueOrDefault("nginx") is { } nginx ? Median(nginx, sample => sample.CpuMicros) : double.NaN;
        Console.WriteLine($"{scenario}: medians of {rounds} interleaved rounds of {seconds} s");
        Console.WriteLine("| server | CPU µs/request (quartiles) | of nginx | requests/s | p99 ms | upstream calls/request |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var (name, all) in samples)
        {
            var cpu = Median(all, sample => sample.CpuMicros);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {cpu:0.0} ({Quantile(all, sample => sample.CpuMicros, 0.25):0.0}–{Quantile(all, sample => sample.CpuMicros, 0.75):0.0}) | {cpu / baseline:0.00} | {Median(all, sample => sample.PerSecond):0} | {Median(all, sample => sample.P99):0.0} | {Median(all, sample => sample.Calls):0.000} |{(all.Sum(sample => sample.Bad) is > 0 and var bad ? $" {bad} errors!" : "")}"));
        }

        Console.WriteLine();
    }

    private static string UrlOf(ServerUnderTest server, string scenario) => $"http://127.0.0.1:{server.Port}{server.Prefix}/{(scenario == "merged" ? "quote" : scenario)}";

    /// <summary>Fills the cache, and lets a just-in-time compiler see its hot code often enough to settle.</summary>
    private static async Task WarmAsync(string url, string? script, int niceness)
    {
        var requests = 0L;
        for (var run = 0; run < 30 && requests < (script is null ? 600_000 : 40_000); run++)
        {
            requests += (await Load.RunAsync(url, 1, script, niceness)).Requests;
        }
    }

    /// <summary>200 of 2,000 instruments, no two queries alike: one of 512 random sets of 199, and the last by lot.</summary>
    private static string WriteScript(string work)
    {
        var random = new Random(1);
        var script = new StringBuilder("local sets = {\n");
        for (var set = 0; set < 512; set++)
        {
            var items = Enumerable.Range(0, 2_000).OrderBy(_ => random.Next()).Take(199).Select(i => $"i=NSE:S{i}");
            script.Append(CultureInfo.InvariantCulture, $"\"?{string.Join('&', items)}&i=NSE:S\",\n");
        }

        // Seeded by the clock: a run that repeats the one before would find its URLs cached by URL.
        script.Append("}\nmath.randomseed(os.time())\nrequest = function() return wrk.format(nil, wrk.path .. sets[math.random(512)] .. math.random(0, 1999)) end\n");
        var path = Path.Combine(work, "merged.lua");
        File.WriteAllText(path, script.ToString());
        return path;
    }

    private static double Median(IEnumerable<Sample> samples, Func<Sample, double> value) => Quantile(samples, value, 0.5);

    private static double Quantile(IEnumerable<Sample> samples, Func<Sample, double> value, double share)
    {
        var sorted = samples.Select(value).Order().ToList();
        return sorted[(int)((sorted.Count - 1) * share)];
    }

    private sealed record Sample(double CpuMicros, double PerSecond, double P99, double Calls, long Bad);
}
