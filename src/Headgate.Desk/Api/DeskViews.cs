using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Api;

/// <summary>How a channel did with an alert.</summary>
internal sealed record DeskDeliveryView(string Channel, string Stage, int Attempts, bool MayRepeat, DateTime? SentAt, DateTime? NextAt, string? Why)
{
    // A channel of which there is no record has not been tried yet.
    public static DeskDeliveryView Of(string channel, DeliveryState? state) => new(
        channel, Word(state?.Stage ?? DeliveryStage.Waiting), state?.Attempts ?? 0, state?.MayRepeat ?? false, state?.SentAt?.UtcDateTime, state?.NextAt?.UtcDateTime, state?.Why);

    private static string Word(DeliveryStage stage) => stage switch
    {
        DeliveryStage.Waiting => "waiting",
        DeliveryStage.Sending => "sending",
        DeliveryStage.Sent => "sent",
        DeliveryStage.Uncertain => "uncertain",
        _ => "givenUp",
    };
}

/// <summary>An alert and what became of it. Instants in UTC.</summary>
internal sealed record DeskAlertView(
    string Key, string Reference, string Monitor, string Type, string Subject, DateTime Cycle, DateTime RaisedAt, string Summary, decimal? Price, IReadOnlyList<DeskDeliveryView> Deliveries)
{
    public static DeskAlertView Of(AlertStatus status)
    {
        var alert = status.Alert;
        return new DeskAlertView(
            alert.Key, AlertRef.Of(alert.Key), alert.Monitor, alert.Type, alert.Subject, alert.Cycle.UtcDateTime, alert.RaisedAt.UtcDateTime, alert.Summary, alert.Price,
            [.. status.Channels.Select(channel => DeskDeliveryView.Of(channel, status.Deliveries.GetValueOrDefault(channel)))]);
    }
}

/// <summary>Alerts, newest first.</summary>
internal sealed record DeskAlertsView(IReadOnlyList<DeskAlertView> Alerts);

/// <summary>What a cycle came to.</summary>
internal sealed record DeskCycleView(int Total, int Checked, int DropAlerts, int RiseAlerts, int AlertsSent, int Errors, int OiStocks, string? Note)
{
    public static DeskCycleView? Of(CycleResult? result) => result is null
        ? null
        : new DeskCycleView(result.Total, result.Checked, result.DropAlerts, result.RiseAlerts, result.AlertsSent, result.Errors, result.OiStocks, result.Note);
}

/// <summary>How a monitor does. Instants in UTC.</summary>
internal sealed record DeskMonitorView(
    string Name, bool IsRunning, DateTime? LastCycle, DateTime? LastEnded, DeskCycleView? LastResult, string? LastError, DateTime? Next, int Runs, int Failures, int Missed)
{
    public static DeskMonitorView Of(MonitorStatus status) => new(
        status.Name, status.IsRunning, status.LastCycle?.UtcDateTime, status.LastEnded?.UtcDateTime, DeskCycleView.Of(status.LastResult), status.LastError, status.Next?.UtcDateTime,
        status.Runs, status.Failures, status.Missed);
}

/// <summary>The monitors of this gate.</summary>
/// <param name="Running">Whether a desk runs in this gate.</param>
/// <param name="Monitors">Empty where none does.</param>
internal sealed record DeskMonitorsView(bool Running, IReadOnlyList<DeskMonitorView> Monitors);
