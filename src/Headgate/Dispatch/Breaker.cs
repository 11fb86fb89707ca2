namespace Headgate.Dispatch;

/// <summary>Opens after 5 transport or 5xx failures within 60 s of one endpoint; probes at most 30 s apart; closes on the first success.</summary>
/// <remarks>
/// Limit answers never reach it. Counted failures, not a failure rate, are the rule (ADR 004), because an endpoint polled once a minute and one
/// polled ten times a second must both open within the same number of failures. Guarded by the dispatcher's lock.
/// </remarks>
internal sealed class Breaker
{
    public const int FailuresMax = 5;
    public static readonly TimeSpan Sample = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan ProbeFirst = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan ProbeMax = TimeSpan.FromSeconds(30);

    private readonly Queue<EngineTime> _failures = new();
    private TimeSpan _pause = ProbeFirst;
    private bool _probing;

    public bool IsOpen { get; private set; }

    /// <summary>When the next probe may go, while open.</summary>
    public EngineTime ProbeAt { get; private set; }

    public bool Allows(EngineTime now) => !IsOpen || (!_probing && now >= ProbeAt);

    /// <summary>A call is about to be sent.</summary>
    public void Sending() => _probing = IsOpen;

    public void Succeeded()
    {
        _failures.Clear();
        _probing = false;
        IsOpen = false;
        _pause = ProbeFirst;
    }

    public void Failed(EngineTime now)
    {
        if (IsOpen)
        {
            // Calls sent before it opened fail late; only the probe's own failure lengthens the pause.
            if (_probing)
            {
                _probing = false;
                _pause = _pause * 2 < ProbeMax ? _pause * 2 : ProbeMax;
                ProbeAt = now + _pause;
            }

            return;
        }

        _failures.Enqueue(now);
        while (now - _failures.Peek() > Sample)
        {
            _failures.Dequeue();
        }

        if (_failures.Count >= FailuresMax)
        {
            IsOpen = true;
            ProbeAt = now + _pause;
        }
    }

    /// <summary>The call ended in something that says nothing about the upstream's health (a limit, a refused credential, an unsent call).</summary>
    public void Neutral() => _probing = false;
}
