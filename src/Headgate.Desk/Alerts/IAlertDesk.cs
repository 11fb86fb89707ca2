namespace Headgate.Desk.Alerts;

/// <summary>Takes alerts and sees to it that they arrive: at least once, with a key by which a repetition is known.</summary>
public interface IAlertDesk
{
    /// <summary>
    /// Makes the alert durable and tries to deliver it to every channel. Raising one whose <see cref="Alert.Key"/> is known already changes nothing.
    /// What could not be delivered now is delivered later, also by the next process.
    /// </summary>
    /// <returns>Whether a person has it: true once the main channel took it.</returns>
    ValueTask<bool> RaiseAsync(Alert alert, CancellationToken cancellation);
}
