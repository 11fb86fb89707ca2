namespace Headgate.Desk.Fleet;

/// <summary>What settings of a fleet must be.</summary>
internal static class FleetRules
{
    // One quote of all pairs is a call, and as many as the exchange takes of one.
    private const int PairsMax = 100;

    public static IEnumerable<string> Faults(FleetSettings settings)
    {
        var options = settings.Options;
        foreach (var (name, value, min, max) in Numbers(settings))
        {
            if (value < min || value > max)
            {
                yield return FormattableString.Invariant($"desk:fleet:{name} is {value}; expected {min} to {max}.");
            }
        }

        foreach (var pair in options.Pairs.Where(static pair => !IsPair(pair)))
        {
            yield return $"desk:fleet:pairs has '{pair}'; expected pairs such as BTC-USD.";
        }

        foreach (var twice in options.Pairs.GroupBy(static pair => pair, StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            yield return $"desk:fleet:pairs has {twice.Key} {twice.Count()} times; expected one bot per pair.";
        }

        foreach (var (name, pairs) in new[] { ("stopped", options.Stopped), ("modes", [.. options.Modes.Keys]) })
        {
            foreach (var unknown in pairs.Except(options.Pairs, StringComparer.Ordinal))
            {
                yield return $"desk:fleet:{name} names {unknown}; expected pairs of desk:fleet:pairs.";
            }
        }

        if (options.BuyThreshold >= options.SellThreshold)
        {
            yield return FormattableString.Invariant($"desk:fleet:buyThreshold is {options.BuyThreshold} and :sellThreshold {options.SellThreshold}; the former must be below the latter.");
        }
    }

    private static IEnumerable<(string Name, decimal Value, decimal Min, decimal Max)> Numbers(FleetSettings settings)
    {
        var options = settings.Options;
        yield return ("pairs (how many)", options.Pairs.Count, 1, PairsMax);
        yield return ("cycle (seconds)", Seconds(options.Cycle), 60, 3_600);
        yield return ("tradingPriceMax (seconds)", Seconds(options.TradingPriceMax), 1, 300);
        yield return ("displayPriceMax (seconds)", Seconds(options.DisplayPriceMax), Seconds(options.TradingPriceMax), 3_600);
        yield return ("retryEvery (seconds)", Seconds(options.RetryEvery), 5, 600);
        yield return ("accountsEvery (seconds)", Seconds(options.AccountsEvery), 1, 86_400);
        yield return ("productsEvery (seconds)", Seconds(options.ProductsEvery), 60, 604_800);
        yield return ("candles", options.Candles, Signals.Scores.ClosesMin, 299);
        yield return ("quoteAgeMax (seconds)", Seconds(options.QuoteAgeMax), 0, Seconds(options.TradingPriceMax));
        yield return ("candlesDeadline (seconds)", Seconds(options.CandlesDeadline), 1, 600);
        yield return ("cooldown (seconds)", Seconds(options.Cooldown), 0, 86_400);
        yield return ("confirmation (seconds)", Seconds(options.Confirmation), 0, 86_400);
        yield return ("buyThreshold", options.BuyThreshold, -1, 1);
        yield return ("sellThreshold", options.SellThreshold, -1, 1);
        yield return ("tradeDollars", options.TradeDollars, 1, 100);
        yield return ("buyMinimum", options.BuyMinimum, 0, 1_000_000);
        yield return ("sellMinimum", options.SellMinimum, 0, 1_000_000);
        yield return ("ordersPerMinute", options.OrdersPerMinute, 1, 1_000);
        yield return ("tradesPerDay", options.TradesPerDay, 0, 10_000);
        yield return ("tradesPerBotAndDay", options.TradesPerBotAndDay, 0, 10_000);
        yield return ("dailyLossMax", options.DailyLossMax, 0, 1_000_000);
        yield return ("lossesInARow", options.LossesInARow, 1, 1_000);
        yield return ("paperDollars", settings.PaperDollars ?? 0, 0, 1_000_000_000);
    }

    private static decimal Seconds(TimeSpan span) => span.Ticks / (decimal)TimeSpan.TicksPerSecond;

    private static bool IsPair(string pair) => pair.Split('-') is [{ Length: > 0 } coin, "USD"] && coin.All(static letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter));
}
