namespace Headgate.Strategies.Runs;

/// <summary>
/// Opens once what a killed process left is put right. Requests wait for it: a run or job begun earlier could be taken for a left-over.
/// Safe for concurrent use.
/// </summary>
internal sealed class PlatformReadiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOpen => _ready.Task.IsCompletedSuccessfully;

    public void Open() => _ready.TrySetResult();

    public void Fail(Exception failure)
    {
        _ready.TrySetException(failure);
        _ = _ready.Task.Exception; // The host reports it; it is not unobserved when nobody waits.
    }

    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public Task WaitAsync(CancellationToken cancellation) => _ready.Task.WaitAsync(cancellation);
}
