using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Headgate.Upstreams.Kite;

/// <summary>Kite's envelopes: <c>{"status":"success","data":…}</c> and <c>{"status":"error","message":…,"data":null,"error_type":…}</c>.</summary>
internal static class KiteReply
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonSerializerOptions NodeOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // .NET clients of Kite compare the content type exactly, so it has no charset.
    private static readonly TwinHeader[] Json = [new("Content-Type", "application/json")];

    public static TwinReply Success(JsonNode? data) =>
        Write(writer =>
        {
            if (data is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                data.WriteTo(writer, NodeOptions);
            }
        });

    /// <summary>A success whose data the caller writes.</summary>
    public static TwinReply Write(Action<Utf8JsonWriter> data)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("status", "success");
            writer.WritePropertyName("data");
            data(writer);
            writer.WriteEndObject();
        }

        return new TwinReply(200, Json, buffer.WrittenMemory);
    }

    public static TwinReply Error(int status, string errorType, string message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("status", "error");
            writer.WriteString("message", message);
            writer.WriteNull("data");
            writer.WriteString("error_type", errorType);
            writer.WriteEndObject();
        }

        return new TwinReply(status, Json, buffer.WrittenMemory);
    }

    public static TwinReply Input(string message) => Error(400, "InputException", message);

    public static TwinReply BadToken() => Error(403, "TokenException", "Incorrect `api_key` or `access_token`.");

    public static TwinReply NotFound(string message = "Route not found") => Error(404, "GeneralException", message);

    public static TwinReply Limited() => Error(429, "NetworkException", "Too many requests");
}
