using Headgate.Catalogue;
using Headgate.Flights;

namespace Headgate.Dispatch;

/// <summary>A request that passes through exactly once. Guarded by the dispatcher's lock, but for its outcome.</summary>
internal sealed class ForwardWork : Work
{
    private readonly Lock _ending = new();
    private FetchResult? _outcome;

    public ForwardWork(WorkGroup group, Demand demand, EngineTime askedAt, EngineTime deadline)
        : base(group, demand.Urgency, demand.Client, askedAt, deadline)
    {
        Demand = demand;
    }

    public Demand Demand { get; }

    public override RequestPlan Plan => Demand.Plan;

    /// <summary>Is its body still to come? Then it takes permits in its turn and is not sent: the client is told to go on.</summary>
    public bool Reserves { get; init; }

    /// <summary>The permits a reservation holds; guarded by the dispatcher's lock.</summary>
    public PlannedCall? Held { get; set; }

    /// <summary>Does the reservation keep an open breaker's one probe?</summary>
    public bool Probes { get; set; }

    /// <summary>Woken when the answer is there, or the permits of a reservation.</summary>
    public Waiter Waiter { get; } = new();

    /// <summary>The answer, or null while it is out.</summary>
    public FetchResult? Outcome
    {
        get
        {
            lock (_ending)
            {
                return _outcome;
            }
        }
    }

    /// <summary>Answers the client; the first answer stands.</summary>
    public void Complete(FetchResult result)
    {
        lock (_ending)
        {
            if (_outcome is not null)
            {
                return;
            }

            _outcome = result;
        }

        Waiter.Landed();
    }

    public override void Refuse(Refusal refusal)
    {
        State = WorkState.Done;
        Complete(new FetchResult { Kind = FetchKind.Refused, Refusal = refusal, Reason = "method", Calls = CallsLed });
    }
}
