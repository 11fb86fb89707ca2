namespace Headgate.Simulation;

/// <summary>Set timers by due time; ties in the order they were set. A changed or disposed timer's old place is skipped when its turn comes.</summary>
internal sealed class TimerQueue
{
    private readonly PriorityQueue<VirtualTimer, Place> _places = new();
    private long _sequence;

    /// <returns>The place's number, by which the timer knows whether it still counts.</returns>
    public long Add(VirtualTimer timer, long dueTicks)
    {
        var place = new Place(dueTicks, ++_sequence);
        _places.Enqueue(timer, place);
        return place.Sequence;
    }

    /// <summary>The next timer due at or before the limit.</summary>
    public bool TryTake(long until, out VirtualTimer timer, out long due, out long sequence)
    {
        while (_places.TryPeek(out timer!, out var place))
        {
            (due, sequence) = (place.Due, place.Sequence);
            var counts = timer.Counts(place.Sequence);
            if (counts && place.Due > until)
            {
                return false;
            }

            _places.Dequeue();
            if (counts)
            {
                return true;
            }
        }

        (due, sequence) = (0, 0);
        return false;
    }

    private readonly record struct Place(long Due, long Sequence) : IComparable<Place>
    {
        public int CompareTo(Place other)
        {
            var byDue = Due.CompareTo(other.Due);
            return byDue != 0 ? byDue : Sequence.CompareTo(other.Sequence);
        }
    }
}
