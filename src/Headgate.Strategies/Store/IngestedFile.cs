namespace Headgate.Strategies.Store;

/// <summary>A file the store has taken in.</summary>
public sealed class IngestedFile
{
    public string FilePath { get; init; } = "";

    public string FileName { get; init; } = "";

    /// <summary>Bytes as found on disk.</summary>
    public long FileSize { get; init; }

    /// <summary>SHA-256 of those bytes, hex.</summary>
    public string FileHash { get; init; } = "";

    /// <summary>bhavcopy, spot, expiries or ranges.</summary>
    public string Kind { get; init; } = "";

    /// <summary>UTC, ISO 8601.</summary>
    public string IngestionDate { get; init; } = "";

    public long RowCount { get; init; }

    /// <summary>imported, or lenient when bad rows were left out.</summary>
    public string Status { get; init; } = "";
}
