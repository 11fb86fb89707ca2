using Headgate.Budgets;
using Headgate.Conformance;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Ledger;

public sealed class SqliteLedgerConformanceTests : LedgerConformance, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override ValueTask<ILedger> OpenAsync() => new(SqliteLedger.Open(_directory.Path, TimeProvider.System));

    protected override ValueTask CloseAsync(ILedger ledger) => ((SqliteLedger)ledger).DisposeAsync();
}
