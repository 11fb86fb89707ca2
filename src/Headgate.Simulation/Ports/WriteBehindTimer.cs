namespace Headgate.Simulation;

/// <summary>Lets what was queued become durable a while after the first of it, as a store that writes behind does. For the pump's one thread.</summary>
internal sealed class WriteBehindTimer(VirtualTime time, Action flush)
{
    private bool _armed;

    /// <summary>How long after; default 100 ms.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Something was queued.</summary>
    public void Arm()
    {
        if (_armed)
        {
            return;
        }

        _armed = true;
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                timer!.Dispose();
                _armed = false;
                flush();
            },
            null,
            Delay,
            Timeout.InfiniteTimeSpan);
    }
}
