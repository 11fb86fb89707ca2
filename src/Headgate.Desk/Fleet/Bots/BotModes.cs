using System.Collections.Concurrent;
using System.Text;

namespace Headgate.Desk.Fleet.Bots;

/// <summary>Modes of bots: those set while the fleet ran, durable, go before those of its settings.</summary>
internal sealed class BotModes(IRecordStore records, FleetOptions options)
{
    private const string Kind = "fleet.mode";

    private readonly ConcurrentDictionary<string, BotMode> _set = new(StringComparer.Ordinal);

    public async Task LoadAsync(CancellationToken cancellation)
    {
        foreach (var pair in options.Pairs)
        {
            if (await records.GetAsync(Kind, pair, cancellation) is { } record && Enum.TryParse<BotMode>(Encoding.UTF8.GetString(record.Content.Span), out var mode))
            {
                _set[pair] = mode;
            }
        }
    }

    public BotMode Of(string pair) => _set.TryGetValue(pair, out var set) ? set : options.ModeOf(pair);

    /// <summary>Durable when it returns; null takes back what was set.</summary>
    public async ValueTask SetAsync(string pair, BotMode? mode, DateTimeOffset now, CancellationToken cancellation)
    {
        if (mode is { } set)
        {
            await records.PutAsync([new StoredRecord(Kind, pair, now, Encoding.UTF8.GetBytes(set.ToString()))], cancellation);
            _set[pair] = set;
        }
        else
        {
            await records.DeleteAsync(Kind, pair, cancellation);
            _set.TryRemove(pair, out _);
        }
    }
}
