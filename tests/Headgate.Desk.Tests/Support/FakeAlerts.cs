using Headgate.Desk.Alerts;

namespace Headgate.Desk.Tests.Support;

/// <summary>Takes alerts and says of each what the test wants said; a key is taken once.</summary>
internal sealed class FakeAlerts : IAlertDesk
{
    public List<Alert> Raised { get; } = [];

    public Func<Alert, bool> Deliver { get; set; } = static _ => true;

    public IEnumerable<string> Types(string symbol) => Raised.Where(alert => alert.Subject == symbol).Select(static alert => alert.Type);

    public ValueTask<bool> RaiseAsync(Alert alert, CancellationToken cancellation)
    {
        var isSent = Deliver(alert);
        if (Raised.All(known => known.Key != alert.Key))
        {
            Raised.Add(alert);
        }

        return new(isSent);
    }
}
