using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>The Bank of Canada's Valet API: one value a business day, JSON or CSV; no credential. The limit is a guess, held all the same (www.bankofcanada.ca/valet/docs, read 2026-11-20).</summary>
public sealed class BankOfCanadaTwin : ProviderTwin
{
    private static readonly TimeSpan Published = new(21, 30, 0);

    private static readonly LimitRule[] Rules = [new("address", "all", 1, TimeSpan.FromSeconds(1))];

    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Holds nobody to any limit.</param>
    public BankOfCanadaTwin(FaultPlan? faults = null, bool isUnlimited = false)
        : base("bankofcanada", isUnlimited ? [] : Rules, keys: null, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, "all", request.Remote);

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now) => target.Segments switch
    {
        ["valet", "observations", "group", var group, "json"] => Observations(group, [$"{group}_1", $"{group}_2"], now),
        ["valet", "observations", var series, "json"] => Observations(series, [series], now),
        ["valet", "observations", var series, "csv"] when IsKnown(series) => new TwinReply(200, [new("Content-Type", "text/csv; charset=utf-8")], System.Text.Encoding.UTF8.GetBytes($"\"date\",\"{series}\"\n\"{Day(now):yyyy-MM-dd}\",\"{Price(series, Day(now))}\"\n")),
        ["valet", "series", var series, "json"] when IsKnown(series) => Json($$$"""{"seriesDetails":{"name":{{{Quoted(series)}}},"label":"USD/CAD"}}"""),
        ["valet", "groups", var group, "json"] when IsKnown(group) => Json($"{{\"groupDetails\":{{\"name\":{Quoted(group)},\"groupSeries\":{{}}}}}}"),
        ["valet", "lists", _, "json"] => Json("""{"series":{"FXUSDCAD":{"label":"USD/CAD"}},"lists":{}}"""),
        [.., var name, _] => NotFound(name),
        _ => NotFound(target.Path),
    };

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"message":"Too many requests"}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"message":"Internal error"}""", status);

    private static TwinReply Observations(string name, IReadOnlyList<string> series, DateTimeOffset now) => IsKnown(name)
        ? Json($"{{\"terms\":{{\"url\":\"https://www.bankofcanada.ca/terms/\"}},\"seriesDetail\":{{{Each(series, one => "{\"label\":\"USD/CAD\"}")}}},\"observations\":[{{\"d\":\"{Day(now):yyyy-MM-dd}\",{Each(series, one => $"{{\"v\":\"{Price(one, Day(now))}\"}}")}}}]}}")
        : NotFound(name);

    private static string Each(IReadOnlyList<string> series, Func<string, string> of) => string.Join(',', series.Select(one => $"{Quoted(one)}:{of(one)}"));

    /// <summary>The business day whose values are out: they come at 16:30 in Toronto, taken in winter time.</summary>
    private static DateTimeOffset Day(DateTimeOffset now)
    {
        var day = (now.ToUniversalTime() - Published).Date;
        var back = day.DayOfWeek switch { DayOfWeek.Saturday => 1, DayOfWeek.Sunday => 2, _ => 0 };
        return new DateTimeOffset(day.AddDays(-back), TimeSpan.Zero);
    }

    private static TwinReply NotFound(string name) => Json($$"""{"message":{{Quoted($"Series {name} not found.")}},"docs":"https://www.bankofcanada.ca/valet/docs"}""", 404);
}
