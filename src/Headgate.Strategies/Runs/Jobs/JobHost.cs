using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>
/// Starts and stops the queue with the host. Stores are opened and the scheduler wakes up when the first request to the platform waits for it, and a moment
/// after the host listens at the latest; when that fails the platform's requests are refused and everything else the host does goes on.
/// </summary>
internal sealed class JobHost(IServiceProvider services, PlatformReadiness readiness, TimeProvider time, ILogger<JobHost> logger) : IHostedLifecycleService
{
    // Waking up takes a quarter of a second of processor in a new process, which the first requests of others need more.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _started = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = RecoverAsync();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        // Not cut short: a scheduler stopped half awake complains, and waking takes a second at most.
        await _started.WaitAsync(cancellationToken);
        if (readiness.IsOpen)
        {
            await services.GetRequiredService<JobRecovery>().StopAsync(cancellationToken);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RecoverAsync()
    {
        await Task.WhenAny(readiness.Wanted, Task.Delay(Rest, time, _stopping.Token));
        if (!readiness.Wanted.IsCompleted && _stopping.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await services.GetRequiredService<JobRecovery>().StartAsync(CancellationToken.None);
            readiness.Open();
        }
        catch (Exception failure)
        {
            readiness.Fail(failure);
            Log.StartFailed(logger, failure);
        }
    }
}
