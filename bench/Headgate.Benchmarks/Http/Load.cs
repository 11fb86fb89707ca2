using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Headgate.Benchmarks.Http;

/// <summary>One run of wrk on the second processor.</summary>
internal sealed partial record Load(long Requests, double PerSecond, double P99Ms, long Bad)
{
    public static async Task<Load> RunAsync(string url, double seconds, string? script, int niceness)
    {
        var start = new ProcessStartInfo("taskset") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] all =
        [
            "-c", "1", "nice", "-n", niceness.ToString(CultureInfo.InvariantCulture), "wrk", "-t1", "-c32", $"-d{seconds.ToString(CultureInfo.InvariantCulture)}s", "--latency", "-H", "Authorization: token bench:bench", "-H", "X-Kite-Version: 3",
            .. script is null ? [] : (string[])["-s", script], url,
        ];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var p99 = Percentile().Match(text);
        return new Load(
            long.Parse(Requests_().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            double.Parse(Rate().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            double.Parse(p99.Groups[1].Value, CultureInfo.InvariantCulture) * (p99.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1_000 }),
            Bad_().Match(text) is { Success: true } bad ? long.Parse(bad.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests_();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Percentile();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex Bad_();
}
