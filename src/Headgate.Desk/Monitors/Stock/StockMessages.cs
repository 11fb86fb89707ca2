using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Alerting;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Messages;
using Headgate.Desk.Monitors.Pulses;

namespace Headgate.Desk.Monitors.Stock;

/// <summary>The stock monitor's alerts as people and the workbook get them.</summary>
internal static class StockMessages
{
    public static Alert Of(StockFinding finding, StockMoves moves, StockPulse stock, Enrichment enrichment, bool isPharma, DateTimeOffset cycle, DateTimeOffset raisedAt)
    {
        var change = Figures.Percent(finding.ChangePercent);
        return new Alert("stock", finding.Type, stock.Symbol, cycle, raisedAt)
        {
            Html = Html(finding, moves, stock, enrichment, isPharma, cycle),
            Summary = $"{stock.Symbol} {change} in {finding.Minutes} min to {Figures.Rupees(stock.Sample.Last)} ({finding.Type})",
            Price = stock.Sample.Last,
            Cooldown = finding.Type,
            Row = new AlertRow(finding.Sheet, Rows.Standard(
                stock.Symbol, finding.Type, cycle, finding.IsRise, stock.Sample.Last, finding.Then.Last, finding.ChangePercent, finding.Volume, enrichment)),
        };
    }

    private static string Html(StockFinding finding, StockMoves moves, StockPulse stock, Enrichment enrichment, bool isPharma, DateTimeOffset cycle)
    {
        var text = new MessageText()
            .Headline(Headline(finding))
            .Blank()
            .Fact("Stock", stock.Symbol)
            .Fact("Time", FormattableString.Invariant($"{Ist.Of(cycle):HH:mm}"))
            .Cap(enrichment.MarketCap);
        if (isPharma && !finding.IsRise)
        {
            text.Line("💊 Pharma: look for news of regulators before acting");
        }

        text.Blank()
            .Fact("Change", $"{Figures.Percent(finding.ChangePercent)} in {finding.Minutes} min")
            .Fact($"{finding.Minutes} min ago", Figures.Rupees(finding.Then.Last))
            .Fact("Now", Figures.Rupees(stock.Sample.Last))
            .Fact("Difference", Figures.SignedRupees(stock.Sample.Last - finding.Then.Last));
        if (finding.Volume is { } volume)
        {
            text.Fact("Volume of 5 min", Figures.Count(volume.Current) + (volume.Multiple is { } multiple ? $" ({Figures.Times(multiple)} average)" : ""));
            if (finding.Check is "volume_spike")
            {
                text.Fact("Average before", Figures.Count(volume.Average!.Value)).Line("🔥 Priority: price and volume move together");
            }
        }

        return text.Rsi(enrichment.Rsi).Oi(enrichment.Oi).Sector(enrichment.Sector, moves.Change10).Trail(enrichment.Trail).ToString();
    }

    private static string Headline(StockFinding finding) => (finding.Check, finding.IsRise) switch
    {
        ("volume_spike", false) => "🚨 Volume spike with a drop",
        ("volume_spike", true) => "🚀 Volume spike with a rise",
        ("30min", false) => "📉 Gradual 30-minute drop",
        ("30min", true) => "📈 Gradual 30-minute rise",
        (_, false) => $"⚠️ {finding.Minutes}-minute drop",
        (_, true) => $"🟢 {finding.Minutes}-minute rise",
    };
}
