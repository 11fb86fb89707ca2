using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Headgate.Catalogue;
using Headgate.Gateway.Proxy;
using Headgate.History;
using Headgate.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Gateway.Api;

/// <summary>The gate's own reports under <c>/api/v1/gate</c>, read-only but for the verification of stored candles.</summary>
internal static class GateApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new EngineTimeConverter(), new DurationConverter() },
    };

    public static void Map(IEndpointRouteBuilder routes, IEngineDoor engine)
    {
        var gate = routes.MapGroup("/api/v1/gate");
        gate.MapGet("/providers", () => Results.Json(engine.Catalogue.Providers.Values.OrderBy(provider => provider.Name, StringComparer.Ordinal).Select(View), Json));
        gate.MapGet("/budgets", () => Results.Json(engine.Budgets(), Json));
        gate.MapGet("/budgets/{limit}", (string limit) => engine.Ask(limit) is { } budget
            ? Results.Json(budget, Json)
            : Problems.Result(new Problem(ProblemType.NotFound, 404, "No provider has a limit of that id; ids are like kite.quote.")));
        gate.MapGet("/stats", () => Results.Json(View(engine.Stats()), Json));
        gate.MapPost("/history/verify", async (string provider, string series, string from, string to, bool? replace, CancellationToken cancellation) =>
            Results.Json(await engine.VerifyAsync(new HistoryQuestion(provider, series, from, to, replace ?? false), cancellation), Json));
        gate.MapGet("/explain/{requestId}", (string requestId, HttpContext context) =>
            long.TryParse(requestId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && engine.Explain(id) is { } explanation
                ? Results.Json(explanation, Json)
                : Problems.Result(new Problem(ProblemType.NotFound, 404, "No request of that id is remembered; the newest few thousand are.")));
    }

    private static object View(ProviderModel provider) => new
    {
        provider.Name,
        // A base URL in the configuration may hold a key in its path; only where it points is told.
        Upstream = provider.BaseUrl.GetLeftPart(UriPartial.Authority),
        provider.Market,
        provider.Mode,
        InjectsSecret = provider.Inject.Count > 0,
        Limits = provider.Limits.Values.OrderBy(limit => limit.Id, StringComparer.Ordinal).Select(limit => new { limit.Id, limit.Kind, limit.Permits, limit.Window, limit.Scope }),
        Endpoints = provider.Endpoints.Select(endpoint => new
        {
            endpoint.Id,
            Match = endpoint.Route.Text,
            endpoint.Scope,
            endpoint.Cacheable,
            Limits = endpoint.Limits.Select(limit => limit.Id),
            BatchMax = endpoint.Batch?.Max,
            Freshness = endpoint.Freshness.Kind,
            endpoint.Freshness.Ttl,
            endpoint.Freshness.Stale,
            endpoint.Deadline,
        }),
    };

    private static object View(IReadOnlyList<EndpointStats> stats) => new
    {
        Demands = stats.Sum(endpoint => endpoint.Demands),
        Direct = stats.Sum(endpoint => endpoint.Direct),
        Calls = stats.Sum(endpoint => endpoint.Calls),
        Saved = stats.Sum(endpoint => endpoint.Saved),
        Endpoints = stats.OrderBy(endpoint => endpoint.Endpoint, StringComparer.Ordinal),
    };

    /// <summary>As the instant in UTC; milliseconds since 1970 stand in <c>retryAt</c> of problems.</summary>
    private sealed class EngineTimeConverter : JsonConverter<EngineTime>
    {
        public override EngineTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, EngineTime value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    /// <summary>As seconds, so that readers in other languages need no parser of .NET's form.</summary>
    private sealed class DurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round((decimal)value.Ticks / TimeSpan.TicksPerSecond, 3));
    }
}
