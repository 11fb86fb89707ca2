using Headgate.Conformance;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Records;

public sealed class SqliteRecordStoreConformanceTests : RecordStoreConformance, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override ValueTask<IRecordStore> OpenAsync() => new(SqliteRecordStore.Open(_directory.Path, TimeProvider.System));

    protected override ValueTask CloseAsync(IRecordStore store) => ((SqliteRecordStore)store).DisposeAsync();
}
