using Rsi = Headgate.Desk.Analytics.Rsi;

namespace Headgate.Desk.Fleet.Signals;

/// <summary>The three signals of a bot and their weighted sum, each from −1 (buy) to +1 (sell).</summary>
/// <param name="Strength">RSI 14: −1 at 30 and below, +1 at 70 and above, straight between.</param>
/// <param name="Averages">Mean of 10 closes against mean of 20: −1 when the short one is 2 % above, +1 when it is 2 % below.</param>
/// <param name="Macd">MACD 12/26/9, the histogram as a share of the price: −1 at +0.5 %, +1 at −0.5 %.</param>
public sealed record Scores(decimal Strength, decimal Averages, decimal Macd)
{
    private const decimal StrengthWeight = 0.4m;
    private const decimal AveragesWeight = 0.35m;
    private const decimal MacdWeight = 0.25m;

    /// <summary>Closes needed for all three: 26 for the slow average of MACD and 9 of its signal.</summary>
    public const int ClosesMin = 35;

    /// <summary>The weighted sum.</summary>
    public decimal Total { get; } = decimal.Round((Strength * StrengthWeight) + (Averages * AveragesWeight) + (Macd * MacdWeight), 4);

    /// <summary>How strong: hot from 0.08, warm from 0.03, cool from 0.005, else frozen.</summary>
    public Temperature Temperature => Math.Abs(Total) switch
    {
        >= 0.08m => Temperature.Hot,
        >= 0.03m => Temperature.Warm,
        >= 0.005m => Temperature.Cool,
        _ => Temperature.Frozen,
    };

    /// <summary>From closes, oldest first; null when they are too few.</summary>
    public static Scores? Of(IReadOnlyList<decimal> closes)
    {
        if (closes.Count < ClosesMin)
        {
            return null;
        }

        var last = closes[^1];
        var (fast, slow) = (Mean(closes, 10), Mean(closes, 20));
        return new Scores(
            Clamp((Rsi.Series(closes, 14)[^1]!.Value - 50) / 20),
            Clamp(-(fast - slow) / slow * 50),
            Clamp(-Histogram(closes) / last * 200));
    }

    private static decimal Mean(IReadOnlyList<decimal> closes, int count) => closes.Skip(closes.Count - count).Average();

    private static decimal Histogram(IReadOnlyList<decimal> closes)
    {
        decimal fast = closes[0], slow = closes[0], signal = 0, difference = 0;
        for (var i = 1; i < closes.Count; i++)
        {
            fast += (closes[i] - fast) * 2 / 13;
            slow += (closes[i] - slow) * 2 / 27;
            difference = fast - slow;
            signal += (difference - signal) * 2 / 10;
        }

        return difference - signal;
    }

    private static decimal Clamp(decimal value) => Math.Clamp(value, -1, 1);
}

/// <summary>How strong a score is.</summary>
public enum Temperature
{
    Frozen,
    Cool,
    Warm,
    Hot,
}
