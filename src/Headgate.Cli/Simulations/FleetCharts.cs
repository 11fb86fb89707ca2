using System.Globalization;
using System.Net;
using System.Text;
using Headgate.Simulation;

namespace Headgate.Cli.Simulations;

/// <summary>Charts of a fleet's day as inline SVG.</summary>
internal static class FleetCharts
{
    private const int Width = 760;
    private const int Left = 46;

    // More rows than this are a list, not a picture.
    private const int ServicesMax = 18;
    private const string Direct = "#c96a5b";
    private const string Gate = "#2f6fde";
    private const string Faint = "#e2e6ee";
    private const string Ink = "#5b6478";

    /// <summary>Calls per hour, direct beside gate.</summary>
    public static void Hours(StringBuilder page, FleetDayReport day) => Columns(
        page,
        "Calls per hour",
        [.. day.Direct.CallsByHour.Keys.Union(day.Gate.CallsByHour.Keys).Order().Select(hour => (
            string.Create(CultureInfo.InvariantCulture, $"{hour:00}"), day.Direct.CallsByHour.GetValueOrDefault(hour), day.Gate.CallsByHour.GetValueOrDefault(hour)))]);

    /// <summary>Calls per system, direct above gate, the busiest first.</summary>
    public static void Services(StringBuilder page, FleetDayReport day)
    {
        List<(string Name, long Direct, long Gate)> rows =
        [
            .. day.Direct.CallsByService.Keys.Union(day.Gate.CallsByService.Keys, StringComparer.Ordinal)
                .Select(service => (Name: service, Direct: day.Direct.CallsByService.GetValueOrDefault(service), Gate: day.Gate.CallsByService.GetValueOrDefault(service)))
                .OrderByDescending(row => row.Direct + row.Gate)
                .ThenBy(row => row.Name, StringComparer.Ordinal),
        ];
        if (rows.Count > ServicesMax)
        {
            var others = rows[(ServicesMax - 1)..];
            rows = [.. rows[..(ServicesMax - 1)], ($"{others.Count} others", others.Sum(row => row.Direct), others.Sum(row => row.Gate))];
        }

        if (rows.Count == 0)
        {
            return;
        }

        const int RowHeight = 26;
        const int LabelWidth = 120;
        const int FigureWidth = 110;
        var max = Math.Max(1, rows.Max(row => Math.Max(row.Direct, row.Gate)));
        Begin(page, (rows.Count * RowHeight) + 4, "Calls per service");
        for (var i = 0; i < rows.Count; i++)
        {
            var y = (i * RowHeight) + 4;
            Label(page, LabelWidth - 8, y + 14, "end", rows[i].Name);
            Strip(page, LabelWidth, y, Width - LabelWidth - FigureWidth, rows[i].Direct, max, Direct);
            Strip(page, LabelWidth, y + 10, Width - LabelWidth - FigureWidth, rows[i].Gate, max, Gate);
            Label(page, Width, y + 14, "end", string.Create(CultureInfo.InvariantCulture, $"{rows[i].Direct} / {rows[i].Gate}"));
        }

        End(page, "Calls per service: direct red, gate blue");
    }

    /// <summary>When decisions were found, a lane per system.</summary>
    public static void Timeline(StringBuilder page, FleetDayReport day)
    {
        List<string> lanes = [.. day.Decisions.Select(decision => decision.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (lanes.Count == 0)
        {
            return;
        }

        const int LaneHeight = 26;
        const int LabelWidth = 110;
        var height = (lanes.Count * LaneHeight) + 24;
        Begin(page, height, "Decisions through the day");
        var from = day.Start;
        var ticks = (double)TimeSpan.FromHours((double)day.SimulatedHours).Ticks;
        double X(DateTimeOffset at) => LabelWidth + ((Width - LabelWidth - 10) * ((at - from).Ticks / ticks));
        // Times stand 50 pixels apart at least.
        var step = (int)Math.Ceiling((double)day.SimulatedHours / ((Width - LabelWidth) / 50.0));
        for (var hour = 0; hour <= (double)day.SimulatedHours; hour += step)
        {
            var at = from.AddHours(hour);
            Line(page, X(at), 0, X(at), height - 20);
            Label(page, X(at), height - 6, "middle", at.ToOffset(day.Start.Offset).ToString("HH:mm", CultureInfo.InvariantCulture));
        }

        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var y = (lane * LaneHeight) + (LaneHeight / 2);
            Label(page, LabelWidth - 8, y + 4, "end", lanes[lane]);
            foreach (var decision in day.Decisions.Where(decision => string.Equals(decision.Service, lanes[lane], StringComparison.Ordinal)))
            {
                page.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(decision.At):0.#}\" cy=\"{y}\" r=\"3.2\" fill=\"{Gate}\" fill-opacity=\".6\"><title>{WebUtility.HtmlEncode(decision.Key)}</title></circle>");
            }
        }

        End(page, "Decisions found through the gate; hover for what");
    }

    /// <summary>How long asks waited and how old answers were.</summary>
    public static void Waits(StringBuilder page, FleetDayReport day)
    {
        (string Name, Percentiles Spread)[] rows = [("wait", day.Gate.Wait), ("age", day.Gate.Age), ("age of stale", day.Gate.StaleAge)];
        const int RowHeight = 30;
        Begin(page, (rows.Length * RowHeight) + 8, "Waits and ages");
        for (var i = 0; i < rows.Length; i++)
        {
            var y = (i * RowHeight) + 6;
            var (name, spread) = rows[i];
            var max = Math.Max(0.001m, spread.Max); // each row has its own scale: waits are milliseconds, ages minutes
            Label(page, 100, y + 14, "end", name);
            foreach (var (value, opacity) in new[] { (spread.Max, ".2"), (spread.P99, ".35"), (spread.P90, ".6"), (spread.P50, "1") })
            {
                page.Append(CultureInfo.InvariantCulture, $"<rect x=\"110\" y=\"{y}\" width=\"{value / max * (Width - 330):0.#}\" height=\"18\" fill=\"{Gate}\" fill-opacity=\"{opacity}\"/>");
            }

            Label(page, Width - 205, y + 14, "start", string.Create(CultureInfo.InvariantCulture, $"{spread.P50:0.###} / {spread.P90:0.###} / {spread.P99:0.###} / {spread.Max:0.###} s"));
        }

        End(page, "50, 90, 99 % and the longest of quotes, each row to its own scale");
    }

    private static void Columns(StringBuilder page, string title, IReadOnlyList<(string Name, long Direct, long Gate)> pairs)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        const int Height = 190;
        const int Floor = Height - 22;
        var max = Math.Max(1, pairs.Max(pair => Math.Max(pair.Direct, pair.Gate)));
        var step = (Width - Left - 10) / (double)pairs.Count;
        var bar = Math.Min(34, step * 0.36);
        Begin(page, Height, title);
        foreach (var part in new[] { 0.5, 1.0 })
        {
            var y = Floor - (part * (Floor - 14));
            Line(page, Left, y, Width, y);
            Label(page, Left - 6, y + 4, "end", ((long)(max * part)).ToString(CultureInfo.InvariantCulture));
        }

        for (var i = 0; i < pairs.Count; i++)
        {
            var middle = Left + (step * (i + 0.5));
            Bar(page, middle - bar, bar - 1, pairs[i].Direct, max, Floor, Direct);
            Bar(page, middle, bar - 1, pairs[i].Gate, max, Floor, Gate);
            Label(page, middle, Height - 6, "middle", pairs[i].Name);
        }

        End(page, $"{title}: direct red, gate blue");
    }

    private static void Bar(StringBuilder page, double x, double width, long value, long max, int floor, string colour)
    {
        var height = value / (double)max * (floor - 14);
        page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{floor - height:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" fill=\"{colour}\"><title>{value}</title></rect>");
    }

    private static void Strip(StringBuilder page, double x, double y, double width, long value, long max, string colour) =>
        page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{value / (double)max * width:0.#}\" height=\"9\" fill=\"{colour}\"><title>{value}</title></rect>");

    private static void Begin(StringBuilder page, int height, string title) => page.Append(
        CultureInfo.InvariantCulture, $"<figure><svg viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\" font-family=\"system-ui,sans-serif\" font-size=\"12\">");

    private static void End(StringBuilder page, string caption) => page.Append(CultureInfo.InvariantCulture, $"</svg><figcaption>{caption}</figcaption></figure>");

    private static void Line(StringBuilder page, double fromX, double fromY, double toX, double toY) =>
        page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{fromX:0.#}\" y1=\"{fromY:0.#}\" x2=\"{toX:0.#}\" y2=\"{toY:0.#}\" stroke=\"{Faint}\"/>");

    private static void Label(StringBuilder page, double x, double y, string anchor, string text) =>
        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{Ink}\">{WebUtility.HtmlEncode(text)}</text>");
}
