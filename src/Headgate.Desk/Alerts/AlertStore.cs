using System.Text.Json;
using System.Text.Json.Serialization;
using Headgate.Desk.Monitors.Alerting;

namespace Headgate.Desk.Alerts;

/// <summary>Alerts and their deliveries as durable records: <c>desk.alert</c> by key, <c>desk.delivery</c> by channel and key. Thread-safe.</summary>
public sealed class AlertStore(IRecordStore records)
{
    /// <summary>Kind of the records that hold alerts.</summary>
    public const string AlertKind = "desk.alert";

    /// <summary>Kind of the records that hold deliveries.</summary>
    public const string DeliveryKind = "desk.delivery";

    private const int PageMax = 1_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Alerts raised in a span, oldest first, with what became of them.</summary>
    public async ValueTask<IReadOnlyList<AlertStatus>> ListAsync(DateTimeOffset? from, DateTimeOffset? before, int max, CancellationToken cancellation)
    {
        var alerts = await ReadAsync(AlertKind, from, before, max, newestFirst: false, cancellation);
        return await JoinAsync(alerts, cancellation);
    }

    /// <summary>The latest alerts, newest first.</summary>
    public ValueTask<IReadOnlyList<AlertStatus>> LatestAsync(int max, CancellationToken cancellation) => LatestAsync(from: null, max, cancellation);

    /// <summary>The latest alerts of those raised at an instant or later, newest first.</summary>
    public async ValueTask<IReadOnlyList<AlertStatus>> LatestAsync(DateTimeOffset? from, int max, CancellationToken cancellation)
    {
        var alerts = await ReadAsync(AlertKind, from, before: null, max, newestFirst: true, cancellation);
        return await JoinAsync(alerts, cancellation);
    }

    /// <summary>Alerts raised in a span, oldest first, without what became of them.</summary>
    public async ValueTask<IReadOnlyList<Alert>> AlertsAsync(DateTimeOffset? from, DateTimeOffset? before, int max, CancellationToken cancellation)
    {
        var alerts = await ReadAsync(AlertKind, from, before, max, newestFirst: false, cancellation);
        return [.. alerts.Select(static record => Read(record).Alert)];
    }

    internal ValueTask<bool> TryAddAsync(Alert alert, IReadOnlyList<string> channels, CancellationToken cancellation) => records.TryAddAsync(
        new StoredRecord(AlertKind, alert.Key, alert.RaisedAt, JsonSerializer.SerializeToUtf8Bytes(new StoredAlert(alert, channels), Json)), cancellation);

    /// <param name="beginsCooldown">It is the main channel's: once it is sent a person has it, and its cooldown begins with the same commit.</param>
    internal ValueTask PutAsync(Alert alert, string channel, DeliveryState state, bool beginsCooldown, CancellationToken cancellation)
    {
        var delivery = new StoredRecord(DeliveryKind, $"{channel}|{alert.Key}", alert.RaisedAt, JsonSerializer.SerializeToUtf8Bytes(state, Json));
        return beginsCooldown && state.Stage == DeliveryStage.Sent && alert.Cooldown is { } cooldown
            ? records.PutAsync([delivery, CooldownLedger.RecordOf(cooldown, alert.Subject, alert.Cycle)], cancellation)
            : records.PutAsync([delivery], cancellation);
    }

    internal async ValueTask<DeliveryState?> StateAsync(string key, string channel, CancellationToken cancellation) =>
        await records.GetAsync(DeliveryKind, $"{channel}|{key}", cancellation) is { } record ? JsonSerializer.Deserialize<DeliveryState>(record.Content.Span, Json) : null;

    /// <summary>An alert that was raised before, and what became of it; null when there is none.</summary>
    internal async ValueTask<AlertStatus?> GetAsync(Alert alert, CancellationToken cancellation) =>
        await records.GetAsync(AlertKind, alert.Key, cancellation) is { } record ? (await JoinAsync([record], cancellation))[0] : null;

    private async ValueTask<IReadOnlyList<AlertStatus>> JoinAsync(IReadOnlyList<StoredRecord> alerts, CancellationToken cancellation)
    {
        if (alerts.Count == 0)
        {
            return [];
        }

        // Deliveries carry their alert's moment, so one span holds both.
        var first = alerts.Min(static record => record.At);
        var last = alerts.Max(static record => record.At);
        var deliveries = new Dictionary<string, Dictionary<string, DeliveryState>>(StringComparer.Ordinal);
        foreach (var record in await ReadAsync(DeliveryKind, first, last.AddTicks(1), int.MaxValue, newestFirst: false, cancellation))
        {
            var bar = record.Id.IndexOf('|', StringComparison.Ordinal);
            var key = record.Id[(bar + 1)..];
            if (!deliveries.TryGetValue(key, out var of))
            {
                deliveries[key] = of = new Dictionary<string, DeliveryState>(StringComparer.Ordinal);
            }

            of[record.Id[..bar]] = JsonSerializer.Deserialize<DeliveryState>(record.Content.Span, Json)!;
        }

        return [.. alerts.Select(record =>
        {
            var stored = Read(record);
            return new AlertStatus(stored.Alert, deliveries.GetValueOrDefault(record.Id) ?? []) { Channels = stored.Channels };
        })];
    }

    private static StoredAlert Read(StoredRecord record) => JsonSerializer.Deserialize<StoredAlert>(record.Content.Span, Json)!;

    // Page by page, since a store answers a bounded number at a time; a page boundary within one instant is read again and told apart by id.
    private async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string kind, DateTimeOffset? from, DateTimeOffset? before, int max, bool newestFirst, CancellationToken cancellation)
    {
        var all = new List<StoredRecord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = PageMax; all.Count < max;)
        {
            var got = await records.QueryAsync(new RecordQuery(kind) { From = from, Before = before, NewestFirst = newestFirst, Max = page }, cancellation);
            var news = got.Where(record => seen.Add(record.Id)).Take(max - all.Count).ToList();
            all.AddRange(news);
            if (got.Count < page)
            {
                break;
            }

            if (news.Count == 0)
            {
                // More records of one instant than a page holds.
                page = checked(page * 2);
            }
            else if (newestFirst)
            {
                before = got[^1].At.AddTicks(1);
            }
            else
            {
                from = got[^1].At;
            }
        }

        return all;
    }

    // The channels that were there when it was raised: one added later is not told of the past.
    private sealed record StoredAlert(Alert Alert, IReadOnlyList<string> Channels);
}
