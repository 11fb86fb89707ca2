using System.Text.Json;
using System.Text.Json.Serialization;
using Headgate.Catalogue;

namespace Headgate.Recording;

/// <summary>One demand as it is recorded for <c>headgate plan</c>: a JSON object on a line. Holds no credential.</summary>
/// <param name="Time">When it was asked.</param>
/// <param name="Endpoint">The catalogue's name of the operation, as <c>kite.quote</c>.</param>
/// <param name="Items">Items of a batched request; empty for others.</param>
/// <param name="Client">Who asked.</param>
/// <param name="Freshness">Oldest age accepted in seconds; null where none was stated.</param>
/// <param name="Urgency">RFC 9218, 0 to 7.</param>
/// <param name="Target">Path and query without credentials, for requests that are not batched; else null.</param>
/// <param name="Caller">Tells credentials apart (eight hex digits of a keyed hash); null for callers that showed none.</param>
public sealed record DemandRecord(
    DateTimeOffset Time,
    string Endpoint,
    IReadOnlyList<string> Items,
    string Client = "",
    decimal? Freshness = null,
    int Urgency = 3,
    string? Target = null,
    string? Caller = null)
{
    private const int LineMax = 1 << 20;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>What is recorded of a demand.</summary>
    public static DemandRecord Of(Demand demand, DateTimeOffset at)
    {
        var plan = demand.Plan;
        var isBatched = plan.Endpoint.Batch is not null;
        var stated = demand.Freshness switch
        {
            { MaxAge: { } maxAge, ProfileTtl: { } profile } => maxAge < profile ? maxAge : profile,
            var freshness => freshness.MaxAge ?? freshness.ProfileTtl,
        };
        return new DemandRecord(
            at,
            $"{plan.Provider.Name}.{plan.Endpoint.Name}",
            isBatched ? [.. plan.Items.Select(item => item.Text)] : [],
            demand.Client,
            stated is { } bound ? bound.Ticks / (decimal)TimeSpan.TicksPerSecond : null,
            demand.Urgency.Value,
            isBatched ? null : plan.SafeTarget,
            plan.Identity.Credential.IsNone ? null : plan.Identity.Credential.ToString());
    }

    /// <summary>The record's line, without its end.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads lines; empty ones are skipped.</summary>
    /// <param name="name">What errors call the file.</param>
    /// <param name="lines">The lines.</param>
    /// <exception cref="CatalogueException">A line is no record; it tells the first twenty with file and line.</exception>
    public static IReadOnlyList<DemandRecord> Read(string name, IEnumerable<string> lines)
    {
        var records = new List<DemandRecord>();
        var errors = new List<CatalogueError>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                records.Add(Checked(line));
            }
            catch (JsonException problem)
            {
                errors.Add(new CatalogueError(name, number, $"not a demand record: {problem.Message}"));
                if (errors.Count == 20)
                {
                    break;
                }
            }
        }

        return errors.Count == 0 ? [.. records.OrderBy(record => record.Time)] : throw new CatalogueException(errors);
    }

    private static DemandRecord Checked(string line)
    {
        var record = line.Length <= LineMax ? JsonSerializer.Deserialize<DemandRecord>(line, Format) : throw new JsonException($"the line is longer than {LineMax} characters");
        return record switch
        {
            null => throw new JsonException("expected an object"),
            { Urgency: < 0 or > 7 } => throw new JsonException($"urgency is {record.Urgency}; expected 0..7"),
            { Freshness: < 0 or > 31_536_000 } => throw new JsonException($"freshness is {record.Freshness}; expected 0..31536000 seconds"),
            { Items.Count: 0, Target: null } => throw new JsonException("expected items or a target"),
            { Target: { } target } when !target.StartsWith('/') => throw new JsonException("target does not begin with /"),
            _ => record,
        };
    }
}
