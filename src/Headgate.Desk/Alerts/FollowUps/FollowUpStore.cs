using System.Text.Json;

namespace Headgate.Desk.Alerts.FollowUps;

/// <summary>Follow-up prices as durable records, <c>desk.followup</c> by the alert's key. Thread-safe.</summary>
public sealed class FollowUpStore(IRecordStore records)
{
    /// <summary>Kind of its records.</summary>
    public const string Kind = "desk.followup";

    private const int PageMax = 100_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Prices of alerts raised in a span, by the alert's key.</summary>
    public async ValueTask<IReadOnlyDictionary<string, FollowUp>> ListAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellation)
    {
        var found = await records.QueryAsync(new RecordQuery(Kind) { From = from, Before = before, Max = PageMax }, cancellation);
        return found.ToDictionary(static record => record.Id, static record => JsonSerializer.Deserialize<FollowUp>(record.Content.Span, Json)!, StringComparer.Ordinal);
    }

    /// <summary>Stores prices, all of them or none.</summary>
    public ValueTask PutAsync(IEnumerable<(Alert Alert, FollowUp Prices)> rows, CancellationToken cancellation) => records.PutAsync(
        [.. rows.Select(static row => new StoredRecord(Kind, row.Alert.Key, row.Alert.RaisedAt, JsonSerializer.SerializeToUtf8Bytes(row.Prices, Json)))], cancellation);
}
