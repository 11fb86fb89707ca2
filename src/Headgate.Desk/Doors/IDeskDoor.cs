namespace Headgate.Desk.Doors;

/// <summary>The one way a system of the desk reaches an upstream.</summary>
/// <remarks>
/// In service it is the engine (<see cref="EngineDoor"/>). A simulated day puts other doors in its place to learn what the same system would have
/// seen of an upstream without limits (<i>ideal</i>) or on its own (<i>direct</i>). Implementations are safe for concurrent use.
/// </remarks>
public interface IDeskDoor
{
    /// <summary>The wall clock the desk lives by, and its timers.</summary>
    TimeProvider Time { get; }

    /// <summary>Reads something. Refusals and the upstream's errors are values.</summary>
    /// <exception cref="OperationCanceledException">The asker left.</exception>
    ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation);

    /// <summary>Sends something that is not a safe read, exactly once, and never again by itself.</summary>
    /// <exception cref="OperationCanceledException">The sender left before it went out.</exception>
    ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation);
}
