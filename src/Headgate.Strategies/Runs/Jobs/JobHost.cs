using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>
/// Starts and stops the queue with the host. Stores are opened and the scheduler wakes up once the host listens; when that fails the platform's
/// requests are refused and everything else the host does goes on.
/// </summary>
internal sealed class JobHost(IServiceProvider services, PlatformReadiness readiness, ILogger<JobHost> logger) : IHostedLifecycleService
{
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
        await Task.Yield();
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
