using Headgate.Desk.Alerts;

namespace Headgate.Desk.Days;

/// <summary>Notes every alert as it is found, before it is delivered.</summary>
/// <param name="inner">Who delivers.</param>
/// <param name="serviceOf">What a monitor calls itself towards the gate.</param>
/// <param name="note">Told of each alert.</param>
internal sealed class NotingAlertDesk(IAlertDesk inner, Func<string, string> serviceOf, Action<FleetAlert> note) : IAlertDesk
{
    public ValueTask<bool> RaiseAsync(Alert alert, CancellationToken cancellation)
    {
        note(new FleetAlert(alert.Key, alert.RaisedAt, serviceOf(alert.Monitor)));
        return inner.RaiseAsync(alert, cancellation);
    }
}
