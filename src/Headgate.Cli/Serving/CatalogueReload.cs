using System.Runtime.InteropServices;
using Headgate.Catalogue;
using Headgate.Storage.Sqlite;

namespace Headgate.Cli.Serving;

/// <summary>Reads the secrets file and the catalogue again on SIGHUP. One that has errors is told and changes nothing; no budget is forgotten either way.</summary>
internal sealed class CatalogueReload : IAsyncDisposable
{
    private readonly PosixSignalRegistration _signal;

    public CatalogueReload(Engine engine, Func<CatalogueModel> load, FileSecretSource secrets, TextWriter log) =>
        _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            // Without this the signal would end the process.
            context.Cancel = true;
            try
            {
                secrets.Reload();
                engine.Reload(load());
                log.WriteLine("catalogue reloaded");
            }
            catch (CatalogueException problem)
            {
                log.WriteLine($"catalogue not reloaded, the running one stays: {string.Join("; ", problem.Errors)}");
            }
            catch (SecretFileException problem)
            {
                log.WriteLine($"nothing reloaded: {problem.Message}");
            }
        });

    public ValueTask DisposeAsync()
    {
        _signal.Dispose();
        return ValueTask.CompletedTask;
    }
}
