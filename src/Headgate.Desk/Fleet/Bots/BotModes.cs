using System.Collections.Concurrent;
using System.Text;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Fleet.Bots;

/// <summary>Modes of bots: those set while the fleet ran, durable, go before those of its settings.</summary>
internal sealed class BotModes(IRecordStore records, FleetOptions options)
{
    private const string Kind = "fleet.mode";

    private readonly ConcurrentDictionary<string, BotMode> _set = new(StringComparer.Ordinal);
    private readonly Turn _turn = new();

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

    /// <summary>Durable when it returns; null takes back what was set. One at a time: of two changes side by side the last one written is the one in force.</summary>
    /// <exception cref="OperationCanceledException">The asker left while others had their turn; what was begun is completed.</exception>
    public async ValueTask SetAsync(string pair, BotMode? mode, DateTimeOffset now, CancellationToken cancellation)
    {
        using var turn = await _turn.EnterAsync();
        cancellation.ThrowIfCancellationRequested();
        if (mode is { } set)
        {
            await records.PutAsync([new StoredRecord(Kind, pair, now, Encoding.UTF8.GetBytes(set.ToString()))], CancellationToken.None);
            _set[pair] = set;
        }
        else
        {
            await records.DeleteAsync(Kind, pair, CancellationToken.None);
            _set.TryRemove(pair, out _);
        }
    }
}
