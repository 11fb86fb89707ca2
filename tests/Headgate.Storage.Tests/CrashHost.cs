using System.Diagnostics;

namespace Headgate.Storage.Tests;

/// <summary>A child process that works on a directory until it is killed.</summary>
public sealed class CrashHost : IDisposable
{
    private readonly Process _process;

    public CrashHost(string scenario, string directory) =>
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Headgate.Storage.CrashHost.dll"), scenario, directory])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    public int ProcessId => _process.Id;

    /// <summary>How often a crash test repeats: 5, or 50 with HEADGATE_DEEP=1.</summary>
    public static int Rounds => Environment.GetEnvironmentVariable("HEADGATE_DEEP") == "1" ? 50 : 5;

    /// <summary>The next line it printed; null after its end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>SIGKILL, after that many lines; answers every whole line the process printed.</summary>
    public IReadOnlyList<string> KillAfter(int lines)
    {
        var seen = new List<string>();
        while (seen.Count < lines && ReadLine() is { } line)
        {
            seen.Add(line);
        }

        seen.Count.ShouldBe(lines, "the child ended by itself");
        Kill();

        // What was in the pipe when it died was printed too. The last line may be torn, and then proves nothing.
        var rest = _process.StandardOutput.ReadToEnd();
        seen.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return seen;
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
