using Headgate.Caching;
using Headgate.Conformance;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Entries;

public sealed class SqliteEntryStoreConformanceTests : EntryStoreConformance, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override ValueTask<IEntryStore> OpenAsync() => new(SqliteEntryStore.Open(_directory.Path, TimeProvider.System));

    protected override ValueTask CloseAsync(IEntryStore store) => ((SqliteEntryStore)store).DisposeAsync();
}
