namespace Headgate.Strategies.Store.Import;

/// <summary>Rows that changed the store and rows it already held.</summary>
internal readonly record struct ImportCounts(long Rows, long Unchanged);
