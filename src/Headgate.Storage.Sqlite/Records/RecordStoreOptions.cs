namespace Headgate.Storage.Sqlite;

/// <summary>Bounds of the record store.</summary>
public sealed record RecordStoreOptions
{
    /// <summary>Retention by kind.</summary>
    public IReadOnlyDictionary<string, RecordRetention> Retention { get; init; } = new Dictionary<string, RecordRetention>(StringComparer.Ordinal);

    /// <summary>For kinds that are not named: kept for ever within 1 GiB, since what nobody bounded (a watchlist) may not vanish by age.</summary>
    public RecordRetention Default { get; init; } = new();

    /// <summary>How often retention is applied at most; it rides with writes. Default 1 min.</summary>
    public TimeSpan PruneEvery { get; init; } = TimeSpan.FromMinutes(1);
}
