using Microsoft.Extensions.Hosting;

namespace Headgate.Hosting;

/// <summary>Starts the gate with the host, so that a wrong definition or a taken data directory stops the start; stops it with the host.</summary>
internal sealed class HeadgateHost(HeadgateGate gate) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => gate.StartAsync();

    public async Task StopAsync(CancellationToken cancellationToken) => await gate.DisposeAsync();
}
