namespace Headgate.Caching;

/// <summary>An entry's place in the table and in its queue. 24 bytes; fields are public because the table hands out references to them.</summary>
internal struct EntryNode
{
    /// <summary>Null once taken out.</summary>
    public Entry? Entry;

    public int Hash;

    /// <summary>The next of its hash.</summary>
    public int Next;

    /// <summary>The one that entered its queue after it; of a free node, the next free one.</summary>
    public int Behind;

    /// <summary>Reads since it was last looked at for eviction, up to 3.</summary>
    public byte Frequency;

    /// <summary>In the main queue, not the small one.</summary>
    public bool InMain;
}
