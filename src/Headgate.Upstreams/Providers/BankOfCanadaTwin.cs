using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>The Bank of Canada's Valet API: one value a business day, JSON or CSV; no credential. The limit is a guess, held all the same (www.bankofcanada.ca/valet/docs, read 2026-11-20).</summary>
public sealed class BankOfCanadaTwin : ProviderTwin
{
    private static readonly LimitRule[] Rules = [new("address", "all", 1, TimeSpan.FromSeconds(1))];

    /// <param name="faults">Faults to apply; null applies none.</param>
    public BankOfCanadaTwin(FaultPlan? faults = null)
        : base("bankofcanada", Rules, keys: null, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, "all", request.Remote);

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now) => target.Segments switch
    {
        ["valet", "observations", "group", var group, "json"] => Observations(group, now),
        ["valet", "observations", var series, "json"] => Observations(series, now),
        ["valet", "observations", var series, "csv"] when IsKnown(series) => new TwinReply(200, [new("Content-Type", "text/csv; charset=utf-8")], System.Text.Encoding.UTF8.GetBytes($"\"date\",\"{series}\"\n\"{now:yyyy-MM-dd}\",\"{Price(series, now)}\"\n")),
        ["valet", "series", var series, "json"] when IsKnown(series) => Json($$$"""{"seriesDetails":{"name":{{{Quoted(series)}}},"label":"USD/CAD"}}"""),
        ["valet", "groups", var group, "json"] when IsKnown(group) => Json($"{{\"groupDetails\":{{\"name\":{Quoted(group)},\"groupSeries\":{{}}}}}}"),
        ["valet", "lists", _, "json"] => Json("""{"series":{"FXUSDCAD":{"label":"USD/CAD"}},"lists":{}}"""),
        [.., var name, _] => NotFound(name),
        _ => NotFound(target.Path),
    };

    protected override TwinReply TooManyRequests(TwinRoute route) => Json("""{"message":"Too many requests"}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"message":"Internal error"}""", status);

    private static TwinReply Observations(string series, DateTimeOffset now) => IsKnown(series)
        ? Json($"{{\"terms\":{{\"url\":\"https://www.bankofcanada.ca/terms/\"}},\"seriesDetail\":{{{Quoted(series)}:{{\"label\":\"USD/CAD\"}}}},\"observations\":[{{\"d\":\"{now:yyyy-MM-dd}\",{Quoted(series)}:{{\"v\":\"{Price(series, now)}\"}}}}]}}")
        : NotFound(series);

    private static TwinReply NotFound(string name) => Json($$"""{"message":{{Quoted($"Series {name} not found.")}},"docs":"https://www.bankofcanada.ca/valet/docs"}""", 404);
}
