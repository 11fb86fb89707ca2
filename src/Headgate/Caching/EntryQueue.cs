namespace Headgate.Caching;

/// <summary>Nodes of a table first in, first out, linked through the nodes themselves, and the bytes they are charged with. Not thread-safe.</summary>
internal sealed class EntryQueue(EntryTable table)
{
    private int _first = EntryTable.None;
    private int _last = EntryTable.None;

    public bool IsEmpty => _first == EntryTable.None;

    /// <summary>Bytes charged for what it holds.</summary>
    public long Bytes { get; set; }

    public void Enqueue(int number)
    {
        table[number].Behind = EntryTable.None;
        if (IsEmpty)
        {
            _first = number;
        }
        else
        {
            table[_last].Behind = number;
        }

        _last = number;
    }

    public int Dequeue()
    {
        var number = _first;
        _first = table[number].Behind;
        return number;
    }

    /// <summary>Frees the places of entries that were taken out while they stood in the queue.</summary>
    public void Sweep()
    {
        var number = _first;
        _first = EntryTable.None;
        while (number != EntryTable.None)
        {
            var behind = table[number].Behind;
            if (table[number].Entry is null)
            {
                table.Free(number);
            }
            else
            {
                Enqueue(number);
            }

            number = behind;
        }
    }
}
