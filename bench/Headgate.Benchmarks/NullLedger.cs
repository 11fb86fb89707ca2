using Headgate.Budgets;

namespace Headgate.Benchmarks;

/// <summary>A ledger that keeps nothing and never waits: what is measured is the engine.</summary>
internal sealed class NullLedger : ILedger
{
    public bool IsWritable => true;

    public ValueTask<LedgerState> LoadAsync(CancellationToken cancellation) => ValueTask.FromResult(LedgerState.Empty);

    public ValueTask ChargeAsync(Charge charge, CancellationToken cancellation) => ValueTask.CompletedTask;

    public void Settle(long chargeId, EngineTime firstByteAt)
    {
    }

    public void Release(long chargeId, string limitKey, string windowId, long permits)
    {
    }

    public ValueTask CloseAsync(Closure closure, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask RaiseUsedAsync(string limitKey, string windowId, long used, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<bool> ProbeAsync(CancellationToken cancellation) => ValueTask.FromResult(true);
}
