using Headgate.Catalogue;

namespace Headgate.Dispatch;

/// <summary>Where a piece of work is on its way.</summary>
internal enum WorkState
{
    Queued,

    /// <summary>Its call is being charged or is under way.</summary>
    Sending,

    Done,
}

/// <summary>Something that waits for a call: an item to fetch or a request to forward. Guarded by the dispatcher's lock.</summary>
internal abstract class Work
{
    private static readonly TimeSpan HardlyWaited = TimeSpan.FromMilliseconds(100);

    // An estimate of when work is sent errs by every call ahead of it, each slower or faster than those before it, and by what the machine does meanwhile: the
    // first calls of a process take ten times the usual (0.3 s and more), and requests and answers wait 0.2 s and more for code to be compiled.
    private const int SlackShare = 16;

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    protected Work(WorkGroup group, Urgency urgency, string client, EngineTime askedAt, EngineTime deadline)
    {
        Group = group;
        Urgency = urgency;
        Client = client;
        AskedAt = askedAt;
        Deadline = deadline;
    }

    public WorkGroup Group { get; }

    /// <summary>The request whose credential it goes with.</summary>
    public abstract RequestPlan Plan { get; }

    /// <summary>The most urgent of its waiters.</summary>
    public Urgency Urgency { get; private set; }

    /// <summary>Whose turn it takes: the first waiter's client.</summary>
    public string Client { get; }

    public EngineTime AskedAt { get; }

    /// <summary>The latest of its waiters' deadlines.</summary>
    public EngineTime Deadline { get; private set; }

    /// <summary>The upstream refused the gate's sign-in once already, and another was made for it.</summary>
    public bool SignedInAgain { get; set; }

    /// <summary>Order of arrival; a retry keeps its place.</summary>
    public long Sequence { get; set; }

    public WorkState State { get; set; }

    /// <summary>Attempts made so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Calls so far of which it was the first item.</summary>
    public int CallsLed { get; set; }

    /// <summary>Not before this time (back-off of a retry).</summary>
    public EngineTime NotBefore { get; set; }

    /// <summary>Only items of one tag share a call: how a failed batch is taken apart. Null is everybody's.</summary>
    public object? Tag { get; set; }

    /// <summary>Just before the send of the call that carries it; <see cref="EngineTime.Never"/> while that lies ahead.</summary>
    public EngineTime SentAt { get; set; } = EngineTime.Never;

    /// <summary>Urgency after ageing: one level for every step waited, so that everything becomes as urgent as anything.</summary>
    public int EffectiveUrgency(EngineTime now, TimeSpan ageStep)
    {
        var aged = (int)Math.Min(7, (now - AskedAt).Ticks / ageStep.Ticks);
        return Math.Max(0, Urgency.Value - aged);
    }

    /// <summary>
    /// Past its deadline, or so near to it that an answer would come too late: a permit spent on it would be wasted. What has hardly waited
    /// is tried all the same, or an endpoint that was slow once would never be asked again.
    /// </summary>
    public bool IsTooLate(EngineTime now, TimeSpan roundTrip) => now >= TooLateAt(roundTrip);

    /// <summary>The moment from which on it is too late.</summary>
    public EngineTime TooLateAt(TimeSpan roundTrip) =>
        EngineTime.Min(Deadline, EngineTime.Max(AskedAt + HardlyWaited, LastSend(AskedAt, Deadline, roundTrip)) + Tick);

    /// <summary>
    /// The last moment at which what waited since then may be sent: a round trip before its deadline, less a sixteenth of the wait (ADR 009).
    /// </summary>
    public static EngineTime LastSend(EngineTime askedAt, EngineTime deadline, TimeSpan roundTrip) =>
        askedAt + TimeSpan.FromTicks((deadline - roundTrip - askedAt).Ticks / (SlackShare + 1) * SlackShare);

    public void Hasten(Urgency urgency, EngineTime deadline)
    {
        if (urgency.Value < Urgency.Value)
        {
            Urgency = urgency;
        }

        Deadline = EngineTime.Max(Deadline, deadline);
    }

    /// <summary>Ends it without an answer of the upstream's.</summary>
    public abstract void Refuse(Refusal refusal);
}
