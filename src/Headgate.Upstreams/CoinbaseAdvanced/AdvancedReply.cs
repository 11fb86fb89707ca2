using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Headgate.Upstreams.CoinbaseAdvanced;

/// <summary>Answers are JSON; errors are <c>{"error", "error_details", "message"}</c>.</summary>
internal static class AdvancedReply
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TwinHeader[] Json = [new("Content-Type", "application/json; charset=utf-8")];

    public static TwinReply Of(JsonNode body, int status = 200) => new(status, Json, Encoding.UTF8.GetBytes(body.ToJsonString(Options)));

    public static TwinReply Error(int status, string code, string message) => Of(new JsonObject { ["error"] = code, ["error_details"] = message, ["message"] = message }, status);

    public static TwinReply NotFound() => Error(404, "NOT_FOUND", "valid product_id is required");
}
