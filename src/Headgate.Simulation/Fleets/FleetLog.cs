using Headgate.Desk.Days;

namespace Headgate.Simulation;

/// <summary>What one run of a day came to, gathered while it is lived.</summary>
/// <param name="zone">Distance of the fleet's local time from UTC, for the hours of the day.</param>
internal sealed class FleetLog(TimeSpan zone)
{
    private readonly Dictionary<string, FleetAlert> _alerts = new(StringComparer.Ordinal);

    /// <summary>Each decision once, as first found.</summary>
    public IReadOnlyCollection<FleetAlert> Alerts => _alerts.Values;

    /// <summary>Calls but messages by local hour.</summary>
    public SortedDictionary<int, long> CallsByHour { get; } = [];

    /// <summary>Calls but messages by the system they were made for.</summary>
    public SortedDictionary<string, long> CallsByClient { get; } = new(StringComparer.Ordinal);

    /// <summary>A call that is no message reached its upstream.</summary>
    public void NoteCall(DateTimeOffset at)
    {
        var hour = at.ToOffset(zone).Hour;
        CallsByHour[hour] = CallsByHour.GetValueOrDefault(hour) + 1;
    }

    /// <summary>Calls made for a system.</summary>
    public void NoteCalls(string client, int calls)
    {
        if (calls > 0)
        {
            CallsByClient[client] = CallsByClient.GetValueOrDefault(client) + calls;
        }
    }

    /// <summary>A decision was found; after a crash perhaps once more.</summary>
    public void NoteAlert(FleetAlert alert) => _alerts.TryAdd(alert.Key, alert);
}
