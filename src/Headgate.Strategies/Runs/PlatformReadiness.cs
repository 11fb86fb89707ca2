namespace Headgate.Strategies.Runs;

/// <summary>
/// Opens once what a killed process left is put right. Requests wait for it: a run or job begun earlier could be taken for a left-over.
/// Safe for concurrent use.
/// </summary>
internal sealed class PlatformReadiness
{
    private readonly TaskCompletionSource<Exception?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOpen => _done.Task is { IsCompletedSuccessfully: true, Result: null };

    /// <summary>Completes when the first request waits.</summary>
    public Task Wanted => _wanted.Task;

    public void Open() => _done.TrySetResult(null);

    public void Fail(Exception failure) => _done.TrySetResult(failure);

    /// <summary>Waits for the end of the start.</summary>
    /// <returns>Why the platform could not start, or null.</returns>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public Task<Exception?> WaitAsync(CancellationToken cancellation)
    {
        _wanted.TrySetResult();
        return _done.Task.WaitAsync(cancellation);
    }
}
