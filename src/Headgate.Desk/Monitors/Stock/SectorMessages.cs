using Headgate.Desk.Alerts;
using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Messages;

namespace Headgate.Desk.Monitors.Stock;

/// <summary>Sector rotation and the day's sector summary.</summary>
internal static class SectorMessages
{
    public static Alert Rotation(IReadOnlyList<SectorReading> sectors, DateTimeOffset cycle, DateTimeOffset raisedAt)
    {
        var (top, bottom) = (sectors[0], sectors[^1]);
        var text = new MessageText()
            .Headline("🔄 Sector rotation")
            .Fact("Time", FormattableString.Invariant($"{Ist.Of(cycle):HH:mm}"))
            .Fact("Into", Describe(top))
            .Fact("Out of", Describe(bottom))
            .Fact("Momentum gap", Figures.Number(top.Momentum - bottom.Momentum));
        return new Alert("stock", "sector_rotation", "SECTORS", cycle, raisedAt) { Html = text.ToString(), Summary = $"Sector rotation from {bottom.Name} into {top.Name}" };
    }

    public static Alert Summary(IReadOnlyList<SectorReading> sectors, DateTimeOffset cycle, DateTimeOffset raisedAt)
    {
        var text = new MessageText().Headline("📊 Sectors at the end of the day").Blank();
        foreach (var sector in sectors)
        {
            text.Line(Describe(sector));
        }

        return new Alert("stock", "sector_summary", "SECTORS", cycle, raisedAt)
        {
            Html = text.ToString(),
            Summary = $"Sectors: {sectors[0].Name} strongest, {sectors[^1].Name} weakest",
            Row = new AlertRow("Sector_Summary", Row(sectors, cycle)),
        };
    }

    private static Dictionary<string, AlertCell> Row(IReadOnlyList<SectorReading> sectors, DateTimeOffset cycle)
    {
        var cells = Rows.Begin("SECTORS", "sector_summary", cycle);
        cells["Status"] = "Complete";
        foreach (var sector in sectors)
        {
            cells[sector.Name] = Math.Round(sector.Momentum, 2);
        }

        return cells;
    }

    private static string Describe(SectorReading sector) => FormattableString.Invariant(
        $"{sector.Name}: {Figures.Percent(sector.Change10)} (30 min {(sector.Change30 is { } change ? Figures.Percent(change) : "n/a")}), breadth {sector.Breadth:0} %, momentum {sector.Momentum:+0.00;-0.00;0.00}");
}
