using System.Globalization;
using System.Net;
using System.Text;
using Headgate.Simulation;

namespace Headgate.Cli.Simulations;

/// <summary>A fleet's days as one page that needs nothing else: tables, and charts as inline SVG.</summary>
internal static class FleetDayHtml
{
    private const string Style = """
        body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:68rem;padding:0 1rem;color:#1d2433;background:#fff}
        h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem}table{border-collapse:collapse;margin:.6rem 0}
        td,th{padding:.25rem .8rem;border-bottom:1px solid #e2e6ee;text-align:right}td:first-child,th:first-child{text-align:left}
        .good{color:#0a7d4b}.bad{color:#b3261e}.note{color:#5b6478}svg{max-width:100%;height:auto}figcaption{color:#5b6478;font-size:.9rem}
        :root{color-scheme:light dark}details td{overflow-wrap:anywhere}
        @media(max-width:40rem){body{margin:1rem auto}td,th{padding:.25rem .3rem;font-size:13px}figure{margin:1rem 0;overflow-x:auto}svg{max-width:none;min-width:38rem}}
        @media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}td,th{border-color:#30363d}.good{color:#3fb950}.bad{color:#ff7b72}.note,figcaption{color:#9aa4b8}svg text{fill:#9aa4b8}svg line{stroke:#30363d}}
        """;

    public static string Page(IReadOnlyList<FleetDayReport> days, string? claim)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Headgate: {Text(days[0].Scenario)}</title><style>{Style}</style></head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(days[0].Scenario)}: {days.Count} {(days.Count == 1 ? "day" : "days")}, lived three times</h1>");
        page.Append("<p class=\"note\"><i>Ideal</i> asks an upstream without limits at every ask, <i>direct</i> is the replaced systems' own calls against the real limits, <i>gate</i> is Headgate.</p>");
        if (claim is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(claim)}</p>");
        }

        if (days.Count > 1)
        {
            Sums(page, days);
        }

        foreach (var day in days)
        {
            Day(page, day);
        }

        return page.Append("</body></html>").ToString();
    }

    private static void Sums(StringBuilder page, IReadOnlyList<FleetDayReport> days)
    {
        page.Append("<h2>All days</h2>");
        Row(page.Append("<table>"), "th", "day", "direct", "broken", "gate", "broken", "bound", "made ÷ bound", "bars stored", "alerts", "missing", "extra", "direct missed");
        foreach (var day in days)
        {
            Row(page, "td", Date(day), day.Direct.Calls, Mark(day.Direct.Violations), day.Gate.Calls, Mark(day.Gate.Violations), day.LowerBound, day.Ratio, Share(day.Gate.Bars.Stored), day.Alerts.Gate, Mark(day.Alerts.Missing), Mark(day.Alerts.Extra), Mark(day.Alerts.DirectMissing));
        }

        page.Append("</table>");
    }

    private static void Day(StringBuilder page, FleetDayReport day)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Date(day)}</h2>");
        if (day.Synthetic.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">Made up from seed {day.Seed}: {Text(string.Join(", ", day.Synthetic))}.</p>");
        }

        Row(page.Append("<table>"), "th", "", "ideal", "direct", "gate");
        Row(page, "td", "calls (messages apart)", day.Ideal.Calls, day.Direct.Calls, day.Gate.Calls);
        foreach (var endpoint in day.Direct.CallsByEndpoint.Keys.Union(day.Gate.CallsByEndpoint.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Row(page, "td", endpoint, day.Ideal.CallsByEndpoint.GetValueOrDefault(endpoint), day.Direct.CallsByEndpoint.GetValueOrDefault(endpoint), day.Gate.CallsByEndpoint.GetValueOrDefault(endpoint));
        }

        Row(page, "td", "limits broken", Mark(day.Ideal.Violations), Mark(day.Direct.Violations), Mark(day.Gate.Violations));
        Row(page, "td", "decisions found", day.Alerts.Ideal, day.Alerts.Direct, day.Alerts.Gate);
        Row(page, "td", "missing", 0, Mark(day.Alerts.DirectMissing), Mark(day.Alerts.Missing));
        Row(page, "td", "extra", 0, Mark(day.Alerts.DirectExtra), Mark(day.Alerts.Extra));
        Row(page, "td", "later than ideal, 95 % / max (s)", "", "", string.Create(CultureInfo.InvariantCulture, $"{day.Alerts.Lag.P95:0.###} / {day.Alerts.Lag.Max:0.###}"));
        Row(page, "td", "items from fresh entries", "", "", Share(day.Gate.HitRate));
        Row(page, "td", "items joined to others' calls", "", "", Share(day.Gate.JoinedRate));
        Row(page, "td", "bars from the store", "", "", Share(day.Gate.Bars.Stored));
        Row(page, "td", "answered stale, saying so", "", "", day.Gate.StaleServed);
        Row(page, "td", "lower bound / made ÷ bound", "", "", string.Create(CultureInfo.InvariantCulture, $"{day.LowerBound} / {day.Ratio:0.###}"));
        Row(page, "td", "reads / look-ups never kept / writes, made and bound", "", "", $"{Kinds(day.Gate.Kinds)} and {Kinds(day.LowerBoundKinds)}");
        page.Append("</table>");
        FleetCharts.Hours(page, day);
        FleetCharts.Services(page, day);
        FleetCharts.Timeline(page, day);
        FleetCharts.Waits(page, day);
        Decisions(page, day);
    }

    private static void Decisions(StringBuilder page, FleetDayReport day)
    {
        page.Append(CultureInfo.InvariantCulture, $"<details><summary>{day.Decisions.Count} decisions</summary>");
        Row(page.Append("<table>"), "th", "time", "service", "what");
        foreach (var decision in day.Decisions)
        {
            Row(page, "td", decision.At.ToOffset(day.Start.Offset).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), decision.Service, decision.Key);
        }

        page.Append("</table></details>");
    }

    private static void Row(StringBuilder page, string cell, params object[] values)
    {
        page.Append("<tr>");
        foreach (var value in values)
        {
            var text = value is Marked marked ? marked.Html : Text(Convert.ToString(value, CultureInfo.InvariantCulture)!);
            page.Append(CultureInfo.InvariantCulture, $"<{cell}>{text}</{cell}>");
        }

        page.Append("</tr>");
    }

    private static Marked Mark(long harm) => new(string.Create(CultureInfo.InvariantCulture, $"<span class=\"{(harm == 0 ? "good" : "bad")}\">{harm}</span>"));

    private static string Kinds(CallKinds kinds) => $"{kinds.Reads} / {kinds.Unkept} / {kinds.Writes}";

    private static string Share(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    private static string Date(FleetDayReport day) => day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private sealed record Marked(string Html);
}
