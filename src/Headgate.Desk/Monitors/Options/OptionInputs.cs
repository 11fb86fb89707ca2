using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Monitors.Options;

/// <summary>What one analysis is made of. Bars are of sessions before today, except intraday ones.</summary>
/// <param name="Cycle">Scheduled start.</param>
/// <param name="Day">Today in India.</param>
/// <param name="Spot">The index.</param>
/// <param name="Vix">The volatility index.</param>
public sealed record OptionInputs(DateTimeOffset Cycle, DateOnly Day, KiteQuote Spot, KiteQuote Vix)
{
    /// <summary>The first future with open interest, and its name; null without one.</summary>
    public (string Name, KiteQuote Quote)? Future { get; init; }

    /// <summary>The strike nearest to the index.</summary>
    public decimal AtTheMoney { get; init; }

    /// <summary>Strategies by expiry, nearest first.</summary>
    public IReadOnlyList<OptionLegs> Legs { get; init; } = [];

    /// <summary>Quotes of the options, by name; those of layers held included.</summary>
    public IReadOnlyDictionary<string, KiteQuote> Options { get; init; } = new Dictionary<string, KiteQuote>(StringComparer.Ordinal);

    /// <summary>Volatility index, some days.</summary>
    public IReadOnlyList<KiteBar> VixRecent { get; init; } = [];

    /// <summary>Volatility index, a year and more.</summary>
    public IReadOnlyList<KiteBar> VixYear { get; init; } = [];

    /// <summary>The index by day, for volatility and price action.</summary>
    public IReadOnlyList<KiteBar> Daily { get; init; } = [];

    /// <summary>The index by day, for the pivot range.</summary>
    public IReadOnlyList<KiteBar> Pivot { get; init; } = [];

    /// <summary>The index by day, for the regime.</summary>
    public IReadOnlyList<KiteBar> Season { get; init; } = [];

    /// <summary>The index by 15 minutes, today's included.</summary>
    public IReadOnlyList<KiteBar> Intraday { get; init; } = [];

    /// <summary>What could not be had, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
