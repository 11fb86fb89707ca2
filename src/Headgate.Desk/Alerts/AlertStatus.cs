namespace Headgate.Desk.Alerts;

/// <summary>An alert and what became of it.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Deliveries">By channel; a channel that is absent has not been tried.</param>
public sealed record AlertStatus(Alert Alert, IReadOnlyDictionary<string, DeliveryState> Deliveries)
{
    /// <summary>The channels it is meant for: those there were when it was raised, the main one first.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Channels that have neither taken it nor come to another end.</summary>
    public IEnumerable<string> Waiting => Channels.Where(channel => !Deliveries.TryGetValue(channel, out var state) || !state.IsFinal);

    /// <summary>Has the channel taken it?</summary>
    public bool IsSent(string channel) => Deliveries.TryGetValue(channel, out var state) && state.Stage == DeliveryStage.Sent;
}
