using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headgate.Gateway.Api;

/// <summary>How the gate's own API writes JSON: camelCase, instants in UTC, durations in seconds.</summary>
internal static class GateJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new EngineTimeConverter(), new DurationConverter() },
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
