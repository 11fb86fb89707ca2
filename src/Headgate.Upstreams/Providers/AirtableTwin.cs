using System.Text.Json;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Airtable: 5 a second per base whatever the token, shut for 30 s beyond it, and 50 a second per token (support.airtable.com, read 2026-11-20).</summary>
public sealed class AirtableTwin : ProviderTwin
{
    private static readonly LimitRule[] Rules =
    [
        new("base", "base", 5, TimeSpan.FromSeconds(1)) { LockOut = TimeSpan.FromSeconds(30) },
        new("token", "token", 50, TimeSpan.FromSeconds(1)) { LockOut = TimeSpan.FromSeconds(30) },
    ];

    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>>? _tables;
    private long _records;

    /// <param name="keys">Tokens it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="tables">Fields by table, the same in every base: a record with another field is refused whole. Null takes every table and field.</param>
    public AirtableTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? tables = null)
        : base("airtable", Rules, keys, faults) => _tables = tables;

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(request.Method is "GET" ? "records" : "write", "base", target.Segments switch { ["v0", "meta", "bases", var id, ..] => id, [_, var id, ..] => id, _ => "" });

    protected override IReadOnlyList<LimitCharge> Charges(TwinRequest request, TwinTarget target, TwinRoute route) =>
        [new("base", route.Key), new("token", request.Header("Authorization") ?? "")];

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(After(request.Header("Authorization"), "Bearer ")))
        {
            return Json("""{"error":{"type":"AUTHENTICATION_REQUIRED","message":"Authentication required"}}""", 401);
        }

        if (target.Segments is ["v0", "meta", "bases", _, "tables"])
        {
            return Schema();
        }

        if (target.Segments is not ["v0", _, var table, ..] || !IsKnown(table) || _tables?.ContainsKey(table) == false)
        {
            return Json("""{"error":"NOT_FOUND"}""", 404);
        }

        return request.Method switch
        {
            "GET" => Json($$"""{"records":[{"id":"rec{{_records}}","fields":{"At":{{now.ToUnixTimeSeconds()}} } }]}"""),
            "POST" when request.Body.IsEmpty => Json("""{"error":{"type":"INVALID_REQUEST_UNKNOWN","message":"Invalid request: parameter validation failed. Check your request data."}}""", 422),
            "POST" when UnknownField(table, request.Body) is { } field => Json($$$"""{"error":{"type":"UNKNOWN_FIELD_NAME","message":{{{Quoted($"Unknown field name: \"{field}\"")}}}}}""", 422),
            _ => Json($$"""{"records":[{"id":"rec{{++_records}}"}]}"""),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) =>
        Json("""{"errors":[{"error":"RATE_LIMIT_REACHED","message":"Rate limit exceeded. Please try again later"}]}""", 429);

    protected override TwinReply ServerError(int status) => Json("""{"error":{"type":"SERVER_ERROR","message":"Try again"}}""", status);

    private TwinReply Schema()
    {
        var tables = (_tables ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)).OrderBy(table => table.Key, StringComparer.Ordinal).Select((table, index) =>
            $"{{\"id\":\"tbl{index}\",\"name\":{Quoted(table.Key)},\"fields\":[{string.Join(',', table.Value.Select(field => $"{{\"name\":{Quoted(field)},\"type\":\"singleLineText\"}}"))}]}}");
        return Json($"{{\"tables\":[{string.Join(',', tables)}]}}");
    }

    private string? UnknownField(string table, ReadOnlyMemory<byte> body)
    {
        if (_tables is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("records").EnumerateArray()
            .SelectMany(record => record.GetProperty("fields").EnumerateObject().Select(field => field.Name))
            .FirstOrDefault(field => !_tables[table].Contains(field, StringComparer.Ordinal));
    }

    protected override void Forget() => _records = 0;
}
