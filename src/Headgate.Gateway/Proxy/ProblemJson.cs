using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headgate.Catalogue;

namespace Headgate.Gateway.Proxy;

/// <summary>Writes the body of a problem, as RFC 9457 JSON or in a provider's own envelope.</summary>
internal static class ProblemJson
{
    public const string ContentType = "application/problem+json";

    // What RFC 9457 and the gate define itself; a provider's member of the same name stays out.
    private static readonly FrozenSet<string> Own =
        new[] { "type", "title", "status", "detail", "instance", "retryAt", "requestId", "limit" }.ToFrozenSet(StringComparer.Ordinal);

    // Detail texts are read by people in terminals: leave quotes and non-ASCII letters as they are. Nothing embeds this in HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Problem problem, ErrorDialect? dialect, long requestId)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", problem.Type.Urn);
            json.WriteString("title", problem.Type.Title);
            json.WriteNumber("status", problem.Status);
            json.WriteString("detail", problem.Detail);
            if (problem.Limit is { } limit)
            {
                json.WriteString("limit", limit);
            }

            if (problem.RetryAt is { } retryAt)
            {
                json.WriteNumber("retryAt", retryAt.ToUnixMilliseconds());
            }

            if (requestId != 0)
            {
                json.WriteString("requestId", requestId.ToString(CultureInfo.InvariantCulture));
            }

            WriteDialect(json, problem, dialect);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The provider's exact envelope.</summary>
    public static byte[] WriteDialect(Problem problem, ErrorDialect dialect) =>
        Encoding.UTF8.GetBytes(Fill(dialect.Template, problem, dialect.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase)));

    private static void WriteDialect(Utf8JsonWriter json, Problem problem, ErrorDialect? dialect)
    {
        if (dialect is null)
        {
            return;
        }

        foreach (var (name, template) in dialect.Members)
        {
            if (!Own.Contains(name))
            {
                json.WritePropertyName(name);
                json.WriteRawValue(Fill(template, problem, isJson: true));
            }
        }
    }

    private static string Fill(string template, Problem problem, bool isJson)
    {
        var message = isJson ? JsonEncodedText.Encode(problem.Detail, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString() : problem.Detail;
        return template
            .Replace("{status}", problem.Status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{retryAt}", problem.RetryAt?.ToUnixMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "null", StringComparison.Ordinal)
            .Replace("{message}", message, StringComparison.Ordinal);
    }
}
