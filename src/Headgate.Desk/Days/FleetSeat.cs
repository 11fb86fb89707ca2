using Headgate.Desk.Doors;

namespace Headgate.Desk.Days;

/// <summary>What a fleet finds when its day begins.</summary>
/// <param name="Variant">Whom the door leads to.</param>
/// <param name="Door">Whom it asks.</param>
/// <param name="Records">Where it keeps what must survive; after a crash the same again.</param>
/// <param name="Seed">Draws what is left to chance.</param>
/// <param name="Until">When the day ends.</param>
/// <param name="Note">Told of alerts as they are found and delivered.</param>
public sealed record FleetSeat(FleetVariant Variant, IDeskDoor Door, IRecordStore Records, int Seed, DateTimeOffset Until, Action<FleetAlert> Note)
{
    /// <summary>Engine of the gate's run, for fleets that keep watchlists; null elsewhere.</summary>
    public Engine? Engine { get; init; }

    /// <summary>Lives until the day ends, or until cancelled; then returns. A day that is over already, as after a crash late in it, is not begun.</summary>
    internal async Task LiveAsync(Func<CancellationToken, Task> live, CancellationToken cancellation)
    {
        var left = Until - Door.Time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        using var end = new CancellationTokenSource(left, Door.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellation);
        try
        {
            await live(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The day is over.
        }
    }
}
