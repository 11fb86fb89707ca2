using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.FollowUps;
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
            Lines = [.. sectors.Select(sector => new AlertRow(AlertSheets.Sectors, Line(sector, cycle)))],
        };
    }

    private static Dictionary<string, AlertCell> Line(SectorReading sector, DateTimeOffset cycle)
    {
        var at = Ist.Of(cycle);
        var cells = new Dictionary<string, AlertCell>(StringComparer.Ordinal)
        {
            ["Date"] = FormattableString.Invariant($"{at:yyyy-MM-dd}"),
            ["Time"] = FormattableString.Invariant($"{at:HH:mm:ss}"),
            ["Sector"] = sector.Name,
            ["Stocks"] = (decimal)sector.Stocks,
            ["Change 10min %"] = Math.Round(sector.Change10, 2),
            ["Breadth %"] = Math.Round(sector.Breadth, 1),
            ["Participation"] = Math.Round(sector.Participation, 2),
            ["Momentum"] = Math.Round(sector.Momentum, 2),
        };
        Rows.Put(cells, "Change 5min %", sector.Change5, 2);
        Rows.Put(cells, "Change 30min %", sector.Change30, 2);
        Rows.Put(cells, "Volume Ratio", sector.VolumeRatio, 2);
        return cells;
    }

    private static string Describe(SectorReading sector) => FormattableString.Invariant(
        $"{sector.Name}: {Figures.Percent(sector.Change10)} (30 min {(sector.Change30 is { } change ? Figures.Percent(change) : "n/a")}), breadth {sector.Breadth:0} %, momentum {sector.Momentum:+0.00;-0.00;0.00}");
}
