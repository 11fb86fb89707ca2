using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headgate.Desk.Fleet.Bots;

/// <summary>The bots' memories as durable records, one a bot.</summary>
internal sealed class BotBook(IRecordStore records)
{
    private const string Kind = "fleet.bot";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly ConcurrentDictionary<string, BotState> _states = new(StringComparer.Ordinal);

    /// <summary>All of them, by pair.</summary>
    public IReadOnlyList<BotState> All => [.. _states.Values.OrderBy(state => state.Pair, StringComparer.Ordinal)];

    public BotState this[string pair] => _states[pair];

    public async Task LoadAsync(IReadOnlyList<string> pairs, CancellationToken cancellation)
    {
        foreach (var pair in pairs)
        {
            var record = await records.GetAsync(Kind, pair, cancellation);
            _states[pair] = record is null ? new BotState(pair) : JsonSerializer.Deserialize<BotState>(record.Content.Span, Json)!;
        }
    }

    /// <summary>Changes what a bot remembers; durable when it returns.</summary>
    public async ValueTask PutAsync(BotState state, DateTimeOffset now, CancellationToken cancellation)
    {
        if (_states.TryGetValue(state.Pair, out var known) && known == state)
        {
            return;
        }

        await records.PutAsync([new StoredRecord(Kind, state.Pair, now, JsonSerializer.SerializeToUtf8Bytes(state, Json))], cancellation);
        _states[state.Pair] = state;
    }
}
