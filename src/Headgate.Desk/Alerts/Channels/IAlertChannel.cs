namespace Headgate.Desk.Alerts.Channels;

/// <summary>A way an alert reaches somebody.</summary>
/// <remarks>The desk hands over one alert after the other, never two at a time.</remarks>
public interface IAlertChannel
{
    /// <summary>Its name in records and reports: <c>telegram</c>, <c>webhook</c>, <c>console</c>. It never changes, for what was delivered is remembered under it.</summary>
    string Name { get; }

    /// <summary>
    /// Whether an attempt can end without anybody knowing whether the alert arrived. If so the attempt is recorded before it is made, so that a process which
    /// dies in it leaves a trace.
    /// </summary>
    bool CanBeUncertain { get; }

    /// <summary>Makes one attempt. Failures are values.</summary>
    /// <exception cref="OperationCanceledException">The desk stops; whether the alert went out is then unknown.</exception>
    ValueTask<ChannelOutcome> DeliverAsync(AlertAttempt attempt, CancellationToken cancellation);
}
