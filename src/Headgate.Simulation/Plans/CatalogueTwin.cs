using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Catalogue;
using Headgate.Upstreams;
using Headgate.Upstreams.Faults;

namespace Headgate.Simulation;

/// <summary>An upstream that answers whatever a definition describes, without limits: a plan asks what the gate would have called, not what came back.</summary>
internal sealed class CatalogueTwin : Twin
{
    private readonly ProviderModel _provider;
    private readonly SeededHasher _hasher = new();

    public CatalogueTwin(ProviderModel provider)
        : base(provider.Name, [], new FaultPlan(new Random(0)), new TwinCounters(logCapacity: 1)) => _provider = provider;

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target)
    {
        var plan = Plan(request);
        return new TwinRoute(plan.Endpoint.Name, plan.Endpoint.Class, "");
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        var plan = Plan(request);
        var type = plan.Endpoint.ContentTypes.Count > 0 ? plan.Endpoint.ContentTypes[0] : "application/json";
        var body = plan.Endpoint switch
        {
            { Batch: { } batch } => Write(Nested(batch.ItemsPath, Items(batch, plan.Items))),
            { Range: { } range } => Write(Nested(range.Rows, new JsonArray())),
            _ when type.Contains("json", StringComparison.OrdinalIgnoreCase) => "{}"u8.ToArray(),
            _ => "\n"u8.ToArray(),
        };
        return new TwinReply(200, [new TwinHeader("Content-Type", type)], body);
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => new(429, [], ReadOnlyMemory<byte>.Empty);

    protected override TwinReply ServerError(int status) => new(status, [], ReadOnlyMemory<byte>.Empty);

    private RequestPlan Plan(TwinRequest request)
    {
        var prefix = BaseUrls.Prefix(_provider.BaseUrl);
        var target = request.RawTarget.StartsWith(prefix, StringComparison.Ordinal) ? request.RawTarget[prefix.Length..] : request.RawTarget;
        return RequestPlanner.Plan(_provider, new ClientRequest { Method = "GET", Target = target, Headers = [] }, _hasher, secrets: null);
    }

    private static JsonNode Items(BatchModel batch, IReadOnlyList<PlannedItem> items)
    {
        if (batch.Shape == ItemsShape.Map)
        {
            return new JsonObject(items.Select(item => KeyValuePair.Create<string, JsonNode?>(item.Text, Item(batch))));
        }

        return new JsonArray([.. items.Select(item =>
        {
            var element = Item(batch);
            element[batch.KeyField!] = item.Text;
            return element;
        })]);
    }

    private static JsonObject Item(BatchModel batch) => new(batch.Required.Select(member => KeyValuePair.Create<string, JsonNode?>(member, JsonValue.Create(1))));

    private static JsonNode Nested(IReadOnlyList<string> path, JsonNode inner) =>
        path.Reverse().Aggregate(inner, static (node, member) => new JsonObject { [member] = node });

    private static byte[] Write(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);
}
