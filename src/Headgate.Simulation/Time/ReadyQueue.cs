namespace Headgate.Simulation;

/// <summary>Continuations that may run now. Only the pump's thread may add; others are counted and still run, so that the count can be reported.</summary>
internal sealed class ReadyQueue(Random? shuffle)
{
    private readonly List<ReadyWork> _bag = [];
    private readonly Queue<ReadyWork> _queue = new();
    private readonly Lock _gate = new();
    private readonly List<ReadyWork> _foreign = [];
    private int _thread = Environment.CurrentManagedThreadId;
    private int _foreignPosts;

    public int ForeignPosts => Volatile.Read(ref _foreignPosts);

    /// <summary>The calling thread pumps from now on.</summary>
    public void AdoptThread() => _thread = Environment.CurrentManagedThreadId;

    public void Add(ReadyWork work)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            Keep(work);
            return;
        }

        lock (_gate)
        {
            _foreign.Add(work);
            _foreignPosts++;
        }
    }

    /// <summary>The next continuation of a living owner.</summary>
    public bool TryTake(out ReadyWork work)
    {
        TakeForeign();
        while (TryPick(out work))
        {
            if (work.Context.IsAlive)
            {
                return true;
            }
        }

        return false;
    }

    private void Keep(ReadyWork work)
    {
        if (shuffle is null)
        {
            _queue.Enqueue(work);
        }
        else
        {
            _bag.Add(work);
        }
    }

    private bool TryPick(out ReadyWork work)
    {
        if (shuffle is null)
        {
            return _queue.TryDequeue(out work);
        }

        work = default;
        if (_bag.Count == 0)
        {
            return false;
        }

        var index = _bag.Count == 1 ? 0 : shuffle.Next(_bag.Count);
        work = _bag[index];
        _bag[index] = _bag[^1];
        _bag.RemoveAt(_bag.Count - 1);
        return true;
    }

    private void TakeForeign()
    {
        if (ForeignPosts == 0)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var work in _foreign)
            {
                Keep(work);
            }

            _foreign.Clear();
        }
    }
}
