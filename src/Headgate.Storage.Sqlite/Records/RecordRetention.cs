namespace Headgate.Storage.Sqlite;

/// <summary>How long records of a kind are kept; the oldest by <see cref="StoredRecord.At"/> go first.</summary>
/// <param name="AgeMax">Older ones go; null keeps them for ever.</param>
/// <param name="BytesMax">Bytes of content, at least 1; default 1 GiB.</param>
public sealed record RecordRetention(TimeSpan? AgeMax = null, long BytesMax = 1L << 30);
