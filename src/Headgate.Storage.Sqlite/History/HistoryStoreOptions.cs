namespace Headgate.Storage.Sqlite;

/// <summary>Bounds of the history store.</summary>
public sealed record HistoryStoreOptions
{
    /// <summary>Rows of candles: default 2 GiB, series not used for 400 days. Beyond, the least recently used series go whole.</summary>
    public KindBounds Bounds { get; init; } = new(2L << 30, TimeSpan.FromDays(400));

    /// <summary>Bytes waiting to be written, at most; more is given up, and fetched again when it is asked for. Default 128 MiB.</summary>
    public long QueueBytesMax { get; init; } = 128L << 20;
}
