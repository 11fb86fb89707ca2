namespace Headgate.Desk.Alerts;

/// <summary>An alert and what became of it.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Deliveries">By channel; a channel that is absent has not been tried.</param>
public sealed record AlertStatus(Alert Alert, IReadOnlyDictionary<string, DeliveryState> Deliveries)
{
    /// <summary>Has the channel taken it?</summary>
    public bool IsSent(string channel) => Deliveries.TryGetValue(channel, out var state) && state.Stage == DeliveryStage.Sent;
}
