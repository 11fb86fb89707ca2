using System.Runtime.InteropServices;
using Headgate.Catalogue;

namespace Headgate.Cli.Serving;

/// <summary>Reads the catalogue again on SIGHUP. One that has errors is told and changes nothing; no budget is forgotten either way.</summary>
internal sealed class CatalogueReload : IAsyncDisposable
{
    private readonly PosixSignalRegistration _signal;

    public CatalogueReload(Engine engine, Func<CatalogueModel> load, TextWriter log) =>
        _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            // Without this the signal would end the process.
            context.Cancel = true;
            try
            {
                engine.Reload(load());
                log.WriteLine("catalogue reloaded");
            }
            catch (CatalogueException problem)
            {
                log.WriteLine($"catalogue not reloaded, the running one stays: {string.Join("; ", problem.Errors)}");
            }
        });

    public ValueTask DisposeAsync()
    {
        _signal.Dispose();
        return ValueTask.CompletedTask;
    }
}
