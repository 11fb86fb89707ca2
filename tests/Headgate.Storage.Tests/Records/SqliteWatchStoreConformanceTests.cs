using Headgate.Conformance;
using Headgate.Refresh;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Records;

public sealed class SqliteWatchStoreConformanceTests : WatchStoreConformance, IDisposable
{
    private readonly TempDirectory _directory = new();
    private SqliteRecordStore? _records;

    public void Dispose() => _directory.Dispose();

    protected override ValueTask<IWatchStore> OpenAsync()
    {
        _records = SqliteRecordStore.Open(_directory.Path, TimeProvider.System);
        return new(_records.Watches);
    }

    protected override ValueTask CloseAsync(IWatchStore store) => _records!.DisposeAsync();
}
