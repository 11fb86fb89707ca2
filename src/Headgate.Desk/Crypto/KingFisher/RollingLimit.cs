namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>So many in any window, for all together. Not thread-safe.</summary>
internal sealed class RollingLimit(int permits, TimeSpan window)
{
    private readonly Queue<DateTimeOffset> _taken = new();

    public bool TryTake(DateTimeOffset now)
    {
        while (_taken.TryPeek(out var oldest) && now - oldest >= window)
        {
            _taken.Dequeue();
        }

        if (_taken.Count >= permits)
        {
            return false;
        }

        _taken.Enqueue(now);
        return true;
    }
}
