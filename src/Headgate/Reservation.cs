namespace Headgate;

/// <summary>Permits held for a request whose body is still on its way: nobody else can have them, nothing is sent and nothing is charged yet.</summary>
/// <remarks>One user at a time. Disposing it without a send gives the permits back as if they had never been taken; after a send it does nothing.</remarks>
public abstract class Reservation : IDisposable
{
    /// <summary>Why there is no permit, or null when one is held.</summary>
    public abstract FetchResult? Refused { get; }

    /// <summary>Charges and sends, exactly once. A limit that the upstream closed meanwhile makes it wait its turn again, up to the first deadline.</summary>
    /// <param name="demand">The demand the permit was asked for, now with its body.</param>
    /// <param name="cancellation">The client left. What was already sent goes on.</param>
    /// <exception cref="OperationCanceledException">The client left before the send.</exception>
    /// <exception cref="InvalidOperationException">No permit is held.</exception>
    public abstract ValueTask<FetchResult> SendAsync(Demand demand, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the permits back unless they were sent with.</summary>
    protected abstract void Dispose(bool disposing);
}
