using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>Coinbase Exchange answers are bare JSON; errors are <c>{"message":"…"}</c>.</summary>
internal static class CoinbaseReply
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TwinHeader[] Json = [new("Content-Type", "application/json; charset=utf-8")];

    public static TwinReply Of(JsonNode body) => new(200, Json, Encoding.UTF8.GetBytes(body.ToJsonString(Options)));

    public static TwinReply Of(JsonNode body, params IReadOnlyList<TwinHeader> more) => Of(body) with { Headers = [.. Json, .. more] };

    public static TwinReply Error(int status, string message) =>
        new(status, Json, Encoding.UTF8.GetBytes(new JsonObject { ["message"] = message }.ToJsonString(Options)));

    public static TwinReply NotFound() => Error(404, "NotFound");
}
