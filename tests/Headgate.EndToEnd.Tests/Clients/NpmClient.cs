using System.ComponentModel;

namespace Headgate.EndToEnd.Tests.Clients;

/// <summary>A real API client from npm below tests/clients, installed from its lock file when it is first needed.</summary>
internal static class NpmClient
{
    // Test classes run side by side and some share a directory: one must not run what another is just installing.
    private static readonly SemaphoreSlim Installing = new(1, 1);

    public static Task<ProcessResult> RunAsync(string client, string script, params string[] arguments) =>
        RunInAsync(Repository.Path("tests", "clients", client), script, arguments);

    /// <summary>Runs a script beside a package.json with its packages installed.</summary>
    public static async Task<ProcessResult> RunInAsync(string directory, string script, params string[] arguments)
    {
        try
        {
            await InstallOnceAsync(directory);
            return await ChildProcess.RunAsync("node", [script, .. arguments], TimeSpan.FromMinutes(4), workingDirectory: directory);
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("the real API clients need Node.js and npm: install the packages nodejs and npm", missing);
        }
    }

    private static async Task InstallOnceAsync(string directory)
    {
        await Installing.WaitAsync();
        try
        {
            await InstallAsync(directory);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task InstallAsync(string directory)
    {
        var lockFile = Path.Combine(directory, "package-lock.json");
        var installed = Path.Combine(directory, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(lockFile))
        {
            return;
        }

        var result = await ChildProcess.RunAsync("npm", ["ci", "--ignore-scripts", "--no-progress"], TimeSpan.FromMinutes(4), workingDirectory: directory);
        result.ExitCode.ShouldBe(0, result.ToString());
    }
}
