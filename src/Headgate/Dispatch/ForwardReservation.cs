namespace Headgate.Dispatch;

/// <summary>The permits of one <see cref="ForwardWork"/> that has no body yet, or the refusal it met.</summary>
internal sealed class ForwardReservation : Reservation
{
    private readonly Func<Demand, CancellationToken, ValueTask<FetchResult>>? _send;
    private Action? _giveBack;

    public ForwardReservation(FetchResult refused) => Refused = refused;

    public ForwardReservation(Func<Demand, CancellationToken, ValueTask<FetchResult>> send, Action giveBack) => (_send, _giveBack) = (send, giveBack);

    public override FetchResult? Refused { get; }

    public override ValueTask<FetchResult> SendAsync(Demand demand, CancellationToken cancellation)
    {
        if (_send is null || Interlocked.Exchange(ref _giveBack, null) is null)
        {
            throw new InvalidOperationException("No permit is held: it was refused, sent with or given back.");
        }

        return _send(demand, cancellation);
    }

    protected override void Dispose(bool disposing) => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
