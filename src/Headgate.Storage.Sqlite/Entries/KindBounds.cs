namespace Headgate.Storage.Sqlite;

/// <summary>How much of a kind the disk keeps.</summary>
/// <param name="BytesMax">Bytes, large bodies included, counted with 512 bytes for each entry's other fields; the least recently used go first.</param>
/// <param name="AgeMax">Counted from the send of the call that brought it.</param>
public sealed record KindBounds(long BytesMax, TimeSpan AgeMax);
