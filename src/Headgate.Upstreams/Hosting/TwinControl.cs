using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Headgate.Upstreams.Faults;

namespace Headgate.Upstreams.Hosting;

/// <summary>
/// Steers a twin over HTTP, apart from what it emulates: <c>GET /_twin/counters</c>, <c>GET /_twin/arrivals?last=N</c>,
/// <c>GET|POST|DELETE /_twin/faults</c>, <c>POST /_twin/reset</c>. Never counted as an arrival.
/// </summary>
public static class TwinControl
{
    private const string Prefix = "/_twin/";
    private const int ArrivalsDefault = 100;

    private static readonly TwinHeader[] Json = [new("Content-Type", "application/json")];

    /// <summary>True for a target that steers instead of asking the emulated upstream.</summary>
    public static bool IsControl(string rawTarget) => rawTarget.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Answers a control request.</summary>
    public static TwinReply Handle(ITwin twin, TwinRequest request)
    {
        var target = TwinTarget.Parse(request.RawTarget);
        switch (request.Method, target.Path[Prefix.Length..])
        {
            case ("GET", "counters"):
                return Write(200, writer => WriteCounters(writer, twin));
            case ("GET", "arrivals"):
                return Write(200, writer => WriteArrivals(writer, twin, Last(target)));
            case ("GET", "faults"):
                return Write(200, writer => WriteFaults(writer, twin.Faults.Rules));
            case ("POST", "faults"):
                return Add(twin, request.Body);
            case ("DELETE", "faults"):
                twin.Faults.Clear();
                return Write(200, writer => WriteFaults(writer, twin.Faults.Rules));
            case ("POST", "reset"):
                twin.Reset();
                return Write(200, writer => WriteCounters(writer, twin));
            default:
                return Error(404, "control answers GET counters, GET arrivals, GET|POST|DELETE faults, POST reset");
        }
    }

    private static TwinReply Add(ITwin twin, ReadOnlyMemory<byte> body)
    {
        try
        {
            twin.Faults.Add(FaultRuleReader.Read(body));
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            return Error(400, problem.Message);
        }

        return Write(200, writer => WriteFaults(writer, twin.Faults.Rules));
    }

    private static int Last(TwinTarget target) =>
        int.TryParse(target.First("last"), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : ArrivalsDefault;

    private static void WriteCounters(Utf8JsonWriter writer, ITwin twin)
    {
        var counts = twin.Counters.Snapshot();
        writer.WriteStartObject();
        writer.WriteString("name", twin.Name);
        writer.WriteNumber("arrivals", counts.Arrivals);
        writer.WriteNumber("violations", counts.Violations);
        WriteCounts(writer, "arrivalsByEndpoint", counts.ArrivalsByEndpoint);
        WriteCounts(writer, "arrivalsByClass", counts.ArrivalsByClass);
        WriteCounts(writer, "violationsByClass", counts.ViolationsByClass);
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, long> counts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            writer.WriteNumber(key, count);
        }

        writer.WriteEndObject();
    }

    private static void WriteArrivals(Utf8JsonWriter writer, ITwin twin, int last)
    {
        writer.WriteStartArray();
        foreach (var arrival in twin.Counters.Log().TakeLast(last))
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence", arrival.Sequence);
            writer.WriteString("at", arrival.At);
            writer.WriteString("method", arrival.Request.Method);
            writer.WriteString("target", arrival.Request.RawTarget);
            writer.WriteString("endpoint", arrival.Route.Endpoint);
            writer.WriteString("class", arrival.Route.LimitClass);
            writer.WriteString("key", arrival.Route.Key);
            writer.WriteString("brokenRule", arrival.BrokenRule);
            writer.WriteString("fault", arrival.Fault.ToString());
            writer.WriteNumber("status", arrival.Status);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFaults(Utf8JsonWriter writer, IReadOnlyList<FaultRule> rules)
    {
        writer.WriteStartArray();
        foreach (var rule in rules)
        {
            writer.WriteStartObject();
            writer.WriteString("fault", rule.Fault.Kind.ToString());
            writer.WriteString("class", rule.Class);
            writer.WriteString("method", rule.Method);
            writer.WriteString("path", rule.PathPrefix);
            writer.WriteNumber("chancePerMillion", rule.ChancePerMillion);
            if (rule.Next is { } next)
            {
                writer.WriteNumber("next", next);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static TwinReply Error(int status, string message) => Write(status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("message", message);
        writer.WriteEndObject();
    });

    private static TwinReply Write(int status, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            content(writer);
        }

        return new TwinReply(status, Json, buffer.WrittenMemory);
    }
}
