using Headgate.Conformance;
using Headgate.History;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.History;

public sealed class SqliteHistoryStoreConformanceTests : HistoryStoreConformance, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override ValueTask<IHistoryStore> OpenAsync() => new(SqliteHistoryStore.Open(_directory.Path, TimeProvider.System));

    protected override ValueTask CloseAsync(IHistoryStore store) => ((SqliteHistoryStore)store).DisposeAsync();
}
