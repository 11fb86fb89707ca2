using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>Starts and stops the queue with the host. Stores are opened and the scheduler wakes up behind the caller's back: the host listens meanwhile.</summary>
internal sealed class JobHost(IServiceProvider services, PlatformReadiness readiness) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await services.GetRequiredService<JobRecovery>().StartAsync(cancellationToken);
            readiness.Open();
        }
        catch (Exception failure)
        {
            readiness.Fail(failure);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        readiness.IsOpen ? services.GetRequiredService<JobRecovery>().StopAsync(cancellationToken) : Task.CompletedTask;
}
