using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Crypto.Signals;
using Headgate.Refresh;
using Headgate.Reports;

namespace Headgate.Desk.Crypto.Status;

/// <summary>Puts the status together from what the gate's scheduler, budgets and counters say.</summary>
internal static class CryptoStatusReport
{
    public static CryptoStatusView Of(
        Engine engine, IReadOnlyList<WatchStatus> watches, CryptoCachesView statistics, IReadOnlyList<CryptoSymbol> symbols, TimeSpan? nextCycle, SignalBook signals)
    {
        var providers = watches.Select(static status => status.Watch.Provider).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var refresh = engine.Refresh.Status().Providers.Where(provider => providers.Contains(provider.Provider)).ToList();
        return new CryptoStatusView(
            nextCycle is not null,
            Word(refresh.Select(static provider => provider.Strategy).DefaultIfEmpty(RefreshStrategy.Normal).Max()),
            [.. symbols.Select(static symbol => symbol.Name)],
            symbols.Count,
            providers.Select(provider => (provider, Budget: Budget(engine, provider))).Where(static pair => pair.Budget is not null).ToDictionary(static pair => pair.provider, static pair => pair.Budget!, StringComparer.Ordinal),
            statistics,
            watches.Count,
            nextCycle is { } left ? Seconds(left < TimeSpan.Zero ? TimeSpan.Zero : left) : null,
            Providers(engine.Refresh.Plan(), refresh, watches),
            [.. signals.Latest().Select(static signal => new CryptoSignalView(signal.Kind, signal.Symbol.Name, signal.At.UtcDateTime, signal.Detail))],
            signals.Problem ?? (engine.EntryStoreError is { } unwritten ? $"what is held is not written down: {unwritten}" : engine.IsLedgerWritable ? null : "the ledger cannot be written, so nothing is called"));
    }

    public static CryptoValueView Of(CryptoEndpoint endpoint, CryptoValue value) => new(
        endpoint.Provider == CryptoRegistry.Cryptometer ? endpoint.Name : endpoint.Id,
        value.Status.ToString().ToLowerInvariant(),
        value.Age is { } age ? Seconds(age) : null,
        value.Source,
        value.Reason,
        value.IsEmpty,
        value.Data);

    // Of several limits the one of the longest window stands for the provider: a second's is used up or free at random. Of several such the one that is used most.
    private static CryptoBudgetView? Budget(Engine engine, string provider)
    {
        var now = engine.Clock.Now;
        return engine.Budgets().Where(budget => string.Equals(budget.Provider, provider, StringComparison.Ordinal))
            .OrderByDescending(static budget => budget.Window)
            .ThenByDescending(static budget => budget.Used * 1_000 / Math.Max(1, budget.Permits))
            .Select(budget => Of(budget, now)).FirstOrDefault();
    }

    private static CryptoBudgetView Of(BudgetStatus budget, EngineTime now) => new(
        budget.Used,
        budget.Permits,
        CryptoStatistics.Rate(budget.Used, budget.Permits),
        budget.AvailableAt is { } at && at > now ? Seconds(at - now) : 0,
        budget.Limit,
        Seconds(budget.Window));

    private static IReadOnlyList<CryptoProviderView> Providers(RefreshPlan plan, IReadOnlyList<ProviderRefresh> refresh, IReadOnlyList<WatchStatus> watches) =>
    [
        .. refresh.Select(provider =>
        {
            var planned = plan.Providers.FirstOrDefault(known => known.Provider == provider.Provider);
            var own = watches.Where(status => status.Watch.Provider == provider.Provider).ToList();
            return new CryptoProviderView(
                provider.Provider,
                Word(provider.Strategy),
                provider.Because,
                provider.UsagePercent,
                planned?.CallsPerMinute ?? 0,
                planned?.Watches.Count(static watch => watch.StretchPercent > 100) ?? 0,
                own.Count(static status => status.Waiting is not null),
                new SortedDictionary<string, int>(own.Where(static status => status.Problem is not null).GroupBy(static status => status.Problem!, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal), StringComparer.Ordinal));
        }),
    ];

    private static string Word(RefreshStrategy strategy) => strategy.ToString().ToUpperInvariant();

    private static decimal Seconds(TimeSpan span) => decimal.Round(span.Ticks / (decimal)TimeSpan.TicksPerSecond, 1);
}
