using System.Globalization;
using System.Text.Json;
using Headgate.Reports;

namespace Headgate.Gateway.Operations;

/// <summary>Sums per day and endpoint that outlive the process, flushed from time to time: a crash loses what came after the last flush.</summary>
/// <remarks>Thread-safe. Calls are not kept here: the ledger has every one of them.</remarks>
internal sealed class SavingsBook(IRecordStore records, Func<IReadOnlyList<EndpointStats>> stats, Func<CancellationToken, ValueTask<IReadOnlyList<DayCalls>>> calls, Func<DateOnly> today)
{
    private const string Kind = "gate.savings";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, EndpointStats> _counted = new(StringComparer.Ordinal);

    /// <summary>Adds what was counted since the last flush to the day.</summary>
    /// <exception cref="IOException">It could not be made durable; the next flush carries it.</exception>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var day = today();
            var now = stats();
            List<StoredRecord> changed = [];
            foreach (var endpoint in now)
            {
                var since = Since(endpoint, _counted.GetValueOrDefault(endpoint.Endpoint));
                if (since.Asked > 0 || since.Refused > 0 || since.Credits > 0)
                {
                    changed.Add(await SumAsync(day, endpoint.Endpoint, since, cancellation));
                }
            }

            if (changed.Count > 0)
            {
                await records.PutAsync(changed, cancellation);
            }

            foreach (var endpoint in now)
            {
                _counted[endpoint.Endpoint] = endpoint;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The last days, today included, newest first.</summary>
    public async Task<IReadOnlyList<DaySavings>> ReadAsync(int days, CancellationToken cancellation)
    {
        var from = today().AddDays(1 - days);
        var found = await records.QueryAsync(new RecordQuery(Kind) { From = At(from), Max = 100_000 }, cancellation);
        var sums = new Dictionary<(DateOnly Day, string Endpoint), Sums>();
        foreach (var record in found)
        {
            var slash = record.Id.IndexOf('/');
            var day = DateOnly.ParseExact(record.Id.AsSpan(0, slash), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            sums[(day, record.Id[(slash + 1)..])] = JsonSerializer.Deserialize<Sums>(record.Content.Span)!;
        }

        var charged = (await calls(cancellation)).Where(total => total.Day >= from).ToDictionary(total => (total.Day, total.Endpoint), total => total.Calls);
        return
        [
            .. sums.Keys.Union(charged.Keys).OrderByDescending(key => key.Day).ThenBy(key => key.Endpoint, StringComparer.Ordinal).Select(key =>
            {
                var sum = sums.GetValueOrDefault(key) ?? new Sums(0, 0, 0, 0, 0, 0, 0, 0);
                return new DaySavings(key.Day, key.Endpoint, sum.Asked, sum.Items, sum.Direct, charged.GetValueOrDefault(key), sum.Hits, sum.Stale, sum.Refused)
                {
                    Credits = sum.Credits,
                    DirectCredits = sum.DirectCredits,
                };
            }),
        ];
    }

    private async Task<StoredRecord> SumAsync(DateOnly day, string endpoint, Sums since, CancellationToken cancellation)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{endpoint}");
        var held = await records.GetAsync(Kind, id, cancellation);
        var sum = held is null ? since : JsonSerializer.Deserialize<Sums>(held.Content.Span)!.Plus(since);
        return new StoredRecord(Kind, id, At(day), JsonSerializer.SerializeToUtf8Bytes(sum));
    }

    private static Sums Since(EndpointStats now, EndpointStats? before) => new(
        now.Demands - (before?.Demands ?? 0),
        now.Items - (before?.Items ?? 0),
        now.Direct - (before?.Direct ?? 0),
        now.FreshHits - (before?.FreshHits ?? 0),
        now.Stale - (before?.Stale ?? 0),
        now.Refused - (before?.Refused ?? 0),
        now.Credits - (before?.Credits ?? 0),
        now.DirectCredits - (before?.DirectCredits ?? 0));

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private sealed record Sums(long Asked, long Items, long Direct, long Hits, long Stale, long Refused, long Credits = 0, long DirectCredits = 0)
    {
        public Sums Plus(Sums more) =>
            new(Asked + more.Asked, Items + more.Items, Direct + more.Direct, Hits + more.Hits, Stale + more.Stale, Refused + more.Refused, Credits + more.Credits, DirectCredits + more.DirectCredits);
    }
}
