using System.Globalization;
using Headgate.Desk.Crypto.Signals;
using Headgate.Desk.Crypto.Status;

namespace Headgate.Cli.Monitoring;

/// <summary>A line for each signal, and one a minute for how the crypto desk does; it reads the same on a terminal and in a file.</summary>
internal sealed class CryptoTable(Func<CryptoStatusView> status, TextWriter output)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public void Tell(CryptoSignal signal)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{signal.At.UtcDateTime:HH:mm:ss}  {signal.Symbol.Name,-8} {signal.Kind,-15} {signal.Detail}"));
        output.Flush();
    }

    /// <summary>Writes how it does.</summary>
    public void Tell()
    {
        output.WriteLine(Text(status()));
        output.Flush();
    }

    public static string Text(CryptoStatusView status)
    {
        var providers = status.Providers.Select(provider => string.Create(
            CultureInfo.InvariantCulture,
            $"{provider.Provider} {provider.Strategy}, {provider.UsagePercent} % used, plan {provider.PlannedCallsPerMinute:0.0}/min{Trouble(provider)}"));
        var cache = status.CacheStatistics.Cryptometer;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"crypto: {status.SymbolCount} symbols, {status.ActiveTasks} watches; {string.Join("; ", providers)}; {cache.TotalRequests} reads, {cache.OverallHitRate} fresh hits, {cache.StaleServed} stale{(status.Problem is { } problem ? $"; PROBLEM: {problem}" : "")}");
    }

    private static string Trouble(CryptoProviderView provider)
    {
        var stretched = provider.Stretched > 0 ? $", {provider.Stretched} stretched" : "";
        return provider.Problems.Count == 0 ? stretched : $"{stretched}, {provider.Problems.Values.Sum()} failing ({provider.Problems.First().Key})";
    }
}
