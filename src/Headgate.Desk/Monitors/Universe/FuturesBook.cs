using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Waiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Desk.Monitors.Universe;

/// <summary>Today's futures map: made anew once per Indian date at its first use, kept durably as one record. Thread-safe.</summary>
/// <remarks>While the instruments cannot be had, what has not expired of the last map serves.</remarks>
public sealed class FuturesBook(InstrumentBook instruments, IRecordStore records, ILogger? log = null)
{
    private const string Kind = "desk.futures";
    private const string Id = "map";

    private readonly Turn _turn = new();
    private readonly ILogger _log = log ?? NullLogger.Instance;
    private FuturesMap? _map;

    /// <summary>The map of the cycle's date.</summary>
    public async ValueTask<FuturesMap> MapAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        var day = Ist.DayOf(cycle);
        if (Volatile.Read(ref _map) is { } present && present.Day == day)
        {
            return present;
        }

        using var turn = await _turn.EnterAsync();
        _map ??= await records.GetAsync(Kind, Id, cancellation) is { } stored ? FuturesMap.TryParse(stored.Content) : null;
        if (_map?.Day != day && await instruments.ContractsAsync("NFO", cycle, "futures-map", cancellation) is { } contracts)
        {
            var map = FuturesMap.Of(contracts, day);
            foreach (var (underlying, from, to) in _map is null ? [] : map.RollOversFrom(_map))
            {
                MonitorLog.RolledOver(_log, underlying, from.Symbol, to.Symbol, to.Expiry);
            }

            // One record, replaced whole: a crash leaves the old map or the new one.
            await records.PutAsync([new StoredRecord(Kind, Id, Ist.At(day, TimeOnly.MinValue), map.ToJson())], cancellation);
            MonitorLog.Mapped(_log, map.Mappings.Count);
            Volatile.Write(ref _map, map);
        }

        return (_map ?? FuturesMap.Empty(day)).Without(expiredBefore: day);
    }
}
