namespace Headgate.Caching;

/// <summary>A hash table of entries whose look-ups take no lock and allocate nothing. Writers are serialised by their owner.</summary>
/// <remarks>
/// Nodes live in chunks of arrays and name each other by number, which costs 28 bytes an entry where a dictionary of objects costs 130. A number is
/// used again after its entry has gone, so a reader may be led astray. What it finds is right all the same, since an entry carries its whole key; what
/// it does not find counts only when no entry was taken out meanwhile (<see cref="_changes"/> is even and the same), else the owner looks again in peace.
/// </remarks>
internal sealed class EntryTable
{
    /// <summary>No node.</summary>
    public const int None = -1;

    // 1,024 nodes of 24 bytes stay below the large-object heap, and an unused rest costs nothing to speak of.
    private const int ChunkBits = 10;
    private const int ChunkMask = (1 << ChunkBits) - 1;
    private const byte FrequencyMax = 3;
    private const int ApproachMax = 64;

    private EntryNode[][] _chunks = [];
    private int[] _heads = NewHeads(16);
    private int _chunkCount;
    private int _used;
    private int _free = None;
    private int _changes;

    /// <summary>Entries held.</summary>
    public int Count { get; private set; }

    /// <summary>For the owner, of a number it was given.</summary>
    public ref EntryNode this[int number] => ref _chunks[number >> ChunkBits][number & ChunkMask];

    /// <summary>Finds without a lock and warms what it finds. Null with <paramref name="certain"/> false: look again where nothing changes.</summary>
    public Entry? Find(in ItemKey key, int hash, out bool certain)
    {
        var changes = Volatile.Read(ref _changes);
        var heads = Volatile.Read(ref _heads);
        for (var number = Volatile.Read(ref heads[hash & (heads.Length - 1)]); number != None;)
        {
            // Read after the number: a chunk is there before anybody can name a node in it.
            ref var node = ref Volatile.Read(ref _chunks)[number >> ChunkBits][number & ChunkMask];
            if (node.Hash == hash && Volatile.Read(ref node.Entry) is { } entry && entry.Has(key))
            {
                // Racing readers may lose an increment, which only makes the key look a little colder. The plain read first spares the cache line.
                if (node.Frequency < FrequencyMax)
                {
                    node.Frequency++;
                }

                certain = true;
                return entry;
            }

            number = Volatile.Read(ref node.Next);
        }

        Volatile.ReadBarrier();
        certain = (changes & 1) == 0 && changes == _changes;
        return null;
    }

    /// <summary>
    /// Reads ahead what <see cref="Find"/> will read for these hashes, all nodes first and then all entries: looked up one after the other each waits for
    /// the memory of the one before, in rows of independent reads they wait together. Changes nothing and tells nothing.
    /// </summary>
    /// <returns>Of no meaning; without it the reads would be left out.</returns>
    public int Approach(ReadOnlySpan<int> hashes)
    {
        Span<int> numbers = stackalloc int[ApproachMax];
        var heads = Volatile.Read(ref _heads);
        var chunks = Volatile.Read(ref _chunks);
        var read = 0;
        for (; !hashes.IsEmpty; hashes = hashes[Math.Min(hashes.Length, ApproachMax)..])
        {
            var count = Math.Min(hashes.Length, ApproachMax);
            for (var i = 0; i < count; i++)
            {
                numbers[i] = heads[hashes[i] & (heads.Length - 1)];
            }

            for (var i = 0; i < count; i++)
            {
                // A node of a chunk that came later than the chunks read here is left for the look itself.
                var chunk = numbers[i] >> ChunkBits;
                if (numbers[i] != None && chunk < chunks.Length && chunks[chunk] is { } nodes && nodes[numbers[i] & ChunkMask].Entry is { } entry)
                {
                    read ^= entry.Approach();
                }
            }
        }

        return read;
    }

    /// <summary>The node of a key, for the owner.</summary>
    public int NumberOf(in ItemKey key, int hash)
    {
        for (var number = _heads[hash & (_heads.Length - 1)]; number != None; number = this[number].Next)
        {
            ref var node = ref this[number];
            if (node.Hash == hash && node.Entry is { } entry && entry.Has(key))
            {
                return number;
            }
        }

        return None;
    }

    /// <summary>Adds an entry whose key is not held.</summary>
    public int Add(Entry entry, int hash)
    {
        if (Count >= _heads.Length)
        {
            Grow();
        }

        var number = Take();
        ref var node = ref this[number];
        ref var head = ref _heads[hash & (_heads.Length - 1)];
        (node.Hash, node.Next, node.Behind, node.Frequency, node.InMain) = (hash, head, None, 0, false);
        Volatile.Write(ref node.Entry, entry);
        Volatile.Write(ref head, number);
        Count++;
        return number;
    }

    /// <summary>Takes the entry out; its node stays the owner's until <see cref="Free"/>.</summary>
    public void Remove(int number)
    {
        Interlocked.Increment(ref _changes);
        ref var node = ref this[number];
        ref var link = ref _heads[node.Hash & (_heads.Length - 1)];
        while (link != number)
        {
            link = ref this[link].Next;
        }

        link = node.Next;
        node.Entry = null;
        Count--;
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Gives back the node of an entry that was taken out.</summary>
    public void Free(int number)
    {
        this[number].Behind = _free;
        _free = number;
    }

    /// <summary>What is held, without a lock: a listing, not a moment.</summary>
    public IReadOnlyList<Entry> Snapshot()
    {
        List<Entry> entries = new(Count);
        foreach (var chunk in Volatile.Read(ref _chunks))
        {
            if (chunk is null)
            {
                break;
            }

            for (var i = 0; i < chunk.Length; i++)
            {
                if (Volatile.Read(ref chunk[i].Entry) is { } entry)
                {
                    entries.Add(entry);
                }
            }
        }

        return entries;
    }

    private int Take()
    {
        if (_free != None)
        {
            var number = _free;
            _free = this[number].Behind;
            return number;
        }

        if (_used >> ChunkBits == _chunkCount)
        {
            var chunks = _chunks;
            if (_chunkCount == chunks.Length)
            {
                Array.Resize(ref chunks, Math.Max(4, chunks.Length * 2));
            }

            chunks[_chunkCount++] = new EntryNode[1 << ChunkBits];
            Volatile.Write(ref _chunks, chunks);
        }

        return _used++;
    }

    private void Grow()
    {
        Interlocked.Increment(ref _changes);
        var heads = NewHeads(_heads.Length * 2);
        foreach (var first in _heads)
        {
            for (var number = first; number != None;)
            {
                ref var node = ref this[number];
                var next = node.Next;
                ref var head = ref heads[node.Hash & (heads.Length - 1)];
                node.Next = head;
                head = number;
                number = next;
            }
        }

        Volatile.Write(ref _heads, heads);
        Interlocked.Increment(ref _changes);
    }

    private static int[] NewHeads(int length)
    {
        var heads = new int[length];
        Array.Fill(heads, None);
        return heads;
    }
}
