using Headgate.Desk.Crypto.KingFisher;
using Headgate.Refresh;
using static Headgate.Desk.Crypto.Registry.CryptoScope;
using static Headgate.Refresh.WatchPriority;

namespace Headgate.Desk.Crypto.Registry;

/// <summary>Every kind of data of the crypto desk. Immutable.</summary>
/// <remarks>
/// Source: specification of the crypto caches §1.1 (23 endpoints of Cryptometer), §3 (KingFisher's kinds and levels) and §4 (the scheduler's groups), read 2026-11-20.
/// </remarks>
public sealed class CryptoRegistry
{
    /// <summary>Provider of rows 1 to 23.</summary>
    public const string Cryptometer = "cryptometer";

    /// <summary>Provider of chart records.</summary>
    public const string KingFisher = "kingfisher";

    private readonly Dictionary<string, CryptoEndpoint> _byName;

    private CryptoRegistry(IReadOnlyList<CryptoEndpoint> endpoints)
    {
        Endpoints = endpoints;
        _byName = new Dictionary<string, CryptoEndpoint>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in endpoints)
        {
            _byName.Add(endpoint.Id, endpoint);
            _byName.TryAdd(endpoint.Name, endpoint);
        }
    }

    /// <summary>As the specification has it.</summary>
    public static CryptoRegistry Shipped { get; } = new([.. Rows(), .. Charts()]);

    /// <summary>Cryptometer's by row, then KingFisher's.</summary>
    public IReadOnlyList<CryptoEndpoint> Endpoints { get; }

    /// <summary>By name (<c>ls_ratio</c>; where both providers have it, Cryptometer's) or id (<c>kingfisher.rapid_movements</c>); null when there is none.</summary>
    public CryptoEndpoint? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The same with some rows changed, and KingFisher's kinds by other levels.</summary>
    /// <param name="overrides">By name or id.</param>
    /// <exception cref="FormatException">A name is unknown or a value is out of its range; the message names each.</exception>
    public CryptoRegistry With(IReadOnlyDictionary<string, CryptoOverride> overrides)
    {
        var faults = overrides.SelectMany(pair => pair.Value.Faults(pair.Key, Find(pair.Key), this)).ToList();
        if (faults.Count > 0)
        {
            throw new FormatException(string.Join(Environment.NewLine, faults));
        }

        var changed = overrides.ToDictionary(pair => Find(pair.Key)!.Id, pair => pair.Value, StringComparer.Ordinal);
        return new CryptoRegistry([.. Endpoints.Select(endpoint => changed.TryGetValue(endpoint.Id, out var change) ? change.Apply(endpoint) : endpoint)]);
    }

    private static IEnumerable<CryptoEndpoint> Rows()
    {
        yield return Row(1, "ticker", "/ticker/", "e=binance&market_pair={PAIR}", Symbol, 120, Critical, 8, Critical);
        yield return Row(2, "rapid_movements", "/rapid-movements/", "", Market, 180, Critical, 7, Critical) with { TellsOfSymbols = true };
        yield return Row(3, "ls_ratio", "/ls-ratio/", "e=binance_futures&pair={pair}&timeframe=4h", Symbol, 300, High, 12, Critical);
        yield return Row(4, "liquidation_data_v2", "/liquidation-data-v2/", "symbol={symbol}", Symbol, 300, High, 14, High);
        yield return Row(5, "trend_indicator_v3", "/trend-indicator-v3/", "", Market, 900, Medium, 15, High);
        yield return Row(6, "ai_screener", "/ai-screener/", "type=latest", Market, 1_800, Medium, 16, Medium) with { TellsOfSymbols = true };
        yield return Row(7, "ai_screener_analysis", "/ai-screener-analysis/", "symbol={SYMBOL}", Symbol, 1_800, Medium, 18, Medium);
        yield return Row(8, "tickerlist", "/tickerlist/", "e=binance", Market, 900, Medium, 5) with { TellsOfSymbols = true };
        yield return Row(9, "tickerlist_pro", "/tickerlist-pro/", "e=binance", Market, 900, Medium, 10, Medium) with { TellsOfSymbols = true };
        yield return Row(10, "coinlist", "/coinlist/", "e=binance", Market, 21_600, Low, 2, Low) with { TellsOfSymbols = true };
        yield return Row(11, "cryptocurrency_info", "/cryptocurrency-info/", "e=binance&filter=all", Market, 3_600, Low, 6, Low) with { TellsOfSymbols = true };
        yield return Row(12, "coin_info", "/coininfo/", "", Market, 3_600, Low, 4, Low) with { TellsOfSymbols = true };
        yield return Row(13, "forex_rates", "/forex-rates/", "source=USD", Market, 7_200, Low, 3, Low);
        yield return Row(14, "ohlcv", "/ohlcv/", "e=binance&pair={PAIR}&timeframe=4h", Symbol, 300, High, 10);
        yield return Row(15, "24h_trade_volume_v2", "/24h-trade-volume-v2/", "e=binance&pair={PAIR}", Symbol, 600, Medium, 8);
        yield return Row(16, "large_trades_activity", "/large-trades-activity/", "e=binance&pair={PAIR}", Symbol, 300, High, 5);
        yield return Row(17, "xtrades", "/xtrades/", "e=binance&symbol={symbol}", Symbol, 300, High, 7);
        yield return Row(18, "open_interest", "/open-interest/", "e=binance_futures&market_pair={MERGED}", Symbol, 600, High, 9, High);
        yield return Row(19, "volume_flow", "/volume-flow/", "timeframe=1h", Market, 600, High, 15);
        yield return Row(20, "liquidity_lens", "/liquidity-lens/", "timeframe=1h", Market, 600, High, 15) with { TellsOfSymbols = true };
        yield return Row(21, "volatility_index", "/volatility-index/", "e=binance&timeframe=1h", Market, 1_200, Medium, 9) with { TellsOfSymbols = true };
        yield return Row(22, "merged_trade_volume", "/merged-trade-volume/", "symbol={SYMBOL}&timeframe=1h&exchange_type=spot", Symbol, 600, Medium, 8);
        yield return Row(23, "account_info", "/info/", "", Market, 300, Low, 1);
    }

    private static IEnumerable<CryptoEndpoint> Charts()
    {
        yield return Chart("liquidation_map", Critical);
        yield return Chart("rapid_movements", Critical);
        yield return Chart("rsi_heatmap", High);
        yield return Chart("liq_heatmap", High);
        yield return Chart("liq_ratio_shortterm", Medium);
        yield return Chart("liq_ratio_longterm", Low);
        yield return Chart("professional_report", Low);
        yield return Chart("support_resistance", null);
        yield return Chart("historical_analysis", null);
    }

    private static CryptoEndpoint Row(int row, string name, string path, string parameters, CryptoScope scope, int ttlSeconds, WatchPriority priority, int weight, WatchPriority? group = null) =>
        new(Cryptometer, name, path, parameters, scope, TimeSpan.FromSeconds(ttlSeconds), priority, weight) { Row = row, Group = group };

    private static CryptoEndpoint Chart(string type, WatchPriority? group)
    {
        var level = KingFisherLevels.Of(type);
        return new(KingFisher, type, "/latest", $"type={type}&symbol={{SYMBOL}}", Symbol, level.Ttl(), level.Priority(), 0) { Group = group };
    }
}
