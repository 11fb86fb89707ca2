namespace Headgate.Storage.Sqlite;

/// <summary>What the disk's bounds tell apart. The numbers are stored.</summary>
public enum EntryKind
{
    /// <summary>Answers and items.</summary>
    Entries = 0,

    /// <summary>"There is no such item."</summary>
    Negative = 1,

    /// <summary>Candles and other history.</summary>
    History = 2,
}
