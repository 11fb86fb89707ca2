namespace Headgate.Storage.Sqlite;

/// <summary>Work waiting for a place in a commit.</summary>
internal abstract class WriteOperation<TSession>
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private int _state;

    /// <summary>The writer takes it; false when its asker has left, and then nothing of it is done.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>The asker leaves; false when it is too late and the outcome must be awaited.</summary>
    protected bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting;

    /// <summary>Does the work inside a transaction. May be called again after a rollback, so it changes nothing but the database.</summary>
    public abstract void Execute(TSession session);

    public abstract void Succeed();

    public abstract void Fail(Exception error);
}

/// <summary>Work with a result. Its task completes on the pool once the commit is durable.</summary>
internal sealed class WriteOperation<TSession, TResult> : WriteOperation<TSession>
{
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TSession, TResult> _work;
    private TResult? _result;

    public WriteOperation(Func<TSession, TResult> work) => _work = work;

    public override void Execute(TSession session) => _result = _work(session);

    public override void Succeed() => _completion.TrySetResult(_result!);

    public override void Fail(Exception error) => _completion.TrySetException(error);

    /// <summary>Waits for the commit. Cancellation counts only while the writer has not begun: a cancelled task means nothing was written.</summary>
    public async Task<TResult> WaitAsync(CancellationToken cancellation)
    {
        using var registration = cancellation.UnsafeRegister(
            static (state, token) =>
            {
                var operation = (WriteOperation<TSession, TResult>)state!;
                if (operation.TryWithdraw())
                {
                    operation._completion.TrySetCanceled(token);
                }
            },
            this);
        return await _completion.Task;
    }
}
