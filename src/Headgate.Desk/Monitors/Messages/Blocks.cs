using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Alerting;

namespace Headgate.Desk.Monitors.Messages;

/// <summary>Parts that messages of several monitors share.</summary>
internal static class Blocks
{
    public static MessageText Rsi(this MessageText text, RsiReading? rsi)
    {
        if (rsi is null)
        {
            return text;
        }

        text.Blank().Line(FormattableString.Invariant($"RSI 9/14/21: {rsi.Rsi9:0.00} / {rsi.Rsi14:0.00} / {rsi.Rsi21:0.00}"));
        foreach (var pair in rsi.Pairs)
        {
            text.Line($"RSI {pair.Name}: {pair.Status}{(pair.Cross is { } cross ? $", {cross}" : "")}");
        }

        return text.Line($"RSI summary: {rsi.Summary}");
    }

    public static MessageText Oi(this MessageText text, OiReading? oi)
    {
        if (oi is null)
        {
            return text;
        }

        text.Blank()
            .Line($"OI: {oi.Pattern} ({Figures.Percent(oi.ChangePercent)}), {oi.Strength}")
            .Line($"OI signal: {oi.Signal}, {oi.Meaning} (confidence {oi.Confidence}, priority {oi.Priority})");
        if (oi.IsAtDayHigh)
        {
            text.Line("OI is at its high of the day");
        }

        return oi.IsAtDayLow ? text.Line("OI is at its low of the day") : text;
    }

    public static MessageText Sector(this MessageText text, SectorReading? sector, decimal? stockChange)
    {
        if (sector is null)
        {
            return text;
        }

        text.Blank().Line($"Sector {sector.Name}: {Figures.Percent(sector.Change10)} in 10 min");
        if (stockChange is { } change)
        {
            text.Line($"Stock against sector: {Figures.Percent(change - sector.Change10)}");
        }

        return text.Line(FormattableString.Invariant(
            $"Breadth {sector.Breadth:0} % rising, volume {(sector.VolumeRatio is { } ratio ? Figures.Times(ratio) : "n/a")}, momentum {sector.Momentum:+0.00;-0.00;0.00}"));
    }

    public static MessageText Trail(this MessageText text, string trail) => trail.Length == 0 ? text : text.Blank().Line($"Earlier today: {trail}");

    public static MessageText Cap(this MessageText text, decimal? crore) => crore is { } known ? text.Fact("Market cap", Figures.Crore(known)) : text;
}
