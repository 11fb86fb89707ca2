using Headgate.Desk.Alerts;

namespace Headgate.Desk.Days;

/// <summary>Notes every alert as it is found, before it is delivered.</summary>
internal sealed class NotingAlertDesk(IAlertDesk inner, Action<FleetAlert> note) : IAlertDesk
{
    public ValueTask<bool> RaiseAsync(Alert alert, CancellationToken cancellation)
    {
        note(new FleetAlert(alert.Key, alert.RaisedAt, alert.Monitor));
        return inner.RaiseAsync(alert, cancellation);
    }
}
