using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Alerting;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Messages;
using Headgate.Desk.Monitors.Pulses;

namespace Headgate.Desk.Monitors.Atr;

/// <summary>The ATR monitor's alerts as people and the workbook get them.</summary>
internal static class AtrMessages
{
    public const string Breakout = "atr_breakout";

    public static Alert Of(AtrSignal signal, StockPulse stock, Enrichment enrichment, AtrOptions options, DateTimeOffset cycle, DateTimeOffset raisedAt)
    {
        var filter = signal.IsContracting ? "ATR(20) < ATR(30): contracting" : "ATR(20) ≥ ATR(30): not contracting";
        var text = new MessageText()
            .Headline("🎯 ATR breakout")
            .Blank()
            .Fact("Stock", stock.Symbol)
            .Cap(enrichment.MarketCap)
            .Fact("Open", Figures.Rupees(signal.Open))
            .Fact("Entry level", Figures.Rupees(signal.Entry))
            .Fact("Price", Figures.Rupees(signal.Last))
            .Fact("Beyond entry", $"{Figures.SignedRupees(signal.Distance)} ({Figures.Percent(signal.DistancePercent)})")
            .Blank()
            .Fact("ATR(20) / ATR(30)", $"{Figures.Number(signal.AtrShort)} / {Figures.Number(signal.AtrLong)}")
            .Line($"Volatility filter: {filter}{(options.FilterContraction ? "" : " (off)")}");
        if (signal.IsAboveMean is { } isAbove)
        {
            text.Line($"Trend filter: price {(isAbove ? ">" : "≤")} 20-day mean");
        }

        if (signal.HasVolume is { } hasVolume)
        {
            text.Line($"Volume filter: {(hasVolume ? "≥" : "<")} {Figures.Times(options.VolumeMultiple)} 20-day mean");
        }

        text.Blank()
            .Fact("Stop", Figures.Rupees(signal.Stop))
            .Fact("Risk", $"{Figures.Rupees(signal.Risk)} ({Figures.Percent(signal.RiskPercent)})")
            .Fact(FormattableString.Invariant($"Target 1:{options.RewardMultiple:0.##}"), Figures.Rupees(signal.Entry + (options.RewardMultiple * signal.Risk)))
            .Fact("Volume", Figures.Lakh(stock.Sample.Volume))
            .Rsi(enrichment.Rsi);
        if (options.FridayExit && Ist.DayOf(cycle).DayOfWeek == DayOfWeek.Friday)
        {
            text.Blank().Line("⚠️ Friday: be out by today's close");
        }

        return new Alert("atr", Breakout, stock.Symbol, cycle, raisedAt)
        {
            Html = text.Fact("Time", FormattableString.Invariant($"{Ist.Of(cycle):HH:mm}")).ToString(),
            Summary = $"{stock.Symbol} broke out at {Figures.Rupees(signal.Last)}: entry {Figures.Rupees(signal.Entry)}, stop {Figures.Rupees(signal.Stop)}",
            Price = signal.Last,
            Cooldown = Breakout,
            Row = new AlertRow("ATR_Breakout_alerts", Row(signal, stock, enrichment, cycle)),
        };
    }

    public static Alert Friday(string half, DateTimeOffset cycle, DateTimeOffset raisedAt) => new("atr", "friday_exit", half, cycle, raisedAt)
    {
        Html = new MessageText()
            .Headline("📅 Friday: no ATR position over the weekend")
            .Blank()
            .Line(half is "morning" ? "Plan today's exits: whatever is open must be closed before 15:30." : "Half an hour is left: close what is open now.")
            .ToString(),
        Summary = $"Friday exit reminder ({half})",
        Cooldown = "friday_exit",
    };

    private static Dictionary<string, AlertCell> Row(AtrSignal signal, StockPulse stock, Enrichment enrichment, DateTimeOffset cycle)
    {
        var cells = Rows.Begin(stock.Symbol, Breakout, cycle);
        cells["Open"] = signal.Open;
        cells["Entry Level"] = Math.Round(signal.Entry, 2);
        cells["Current Price"] = signal.Last;
        cells["Breakout Distance"] = Math.Round(signal.Distance, 2);
        cells["ATR(20)"] = Math.Round(signal.AtrShort, 2);
        cells["ATR(30)"] = Math.Round(signal.AtrLong, 2);
        cells["Volatility Filter"] = signal.IsContracting ? "Contracting" : "Not contracting";
        cells["Stop Loss"] = Math.Round(signal.Stop, 2);
        cells["Risk Amount"] = Math.Round(signal.Risk, 2);
        cells["Risk %"] = Math.Round(signal.RiskPercent, 2);
        cells["Volume"] = (decimal)stock.Sample.Volume;
        Rows.Put(cells, "Market Cap (Cr)", enrichment.MarketCap, 2);
        Rows.Rsi(cells, enrichment.Rsi);
        cells["Day of Week"] = Ist.DayOf(cycle).DayOfWeek.ToString();
        return cells;
    }
}
