using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Headgate.Benchmarks.Http;

/// <summary>A server pinned to the first processor, and the processor time of it and its children.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private readonly Process _process;

    private ServerUnderTest(string name, int port, string prefix, Process process) => (Name, Port, Prefix, _process) = (name, port, prefix, process);

    public string Name { get; }

    public int Port { get; }

    /// <summary>What stands before the upstream's path.</summary>
    public string Prefix { get; }

    public static async Task<ServerUnderTest> StartAsync(string name, int port, string prefix, string command, IEnumerable<string> arguments, int niceness, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("taskset") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", "0", "nice", "-n", niceness.ToString(CultureInfo.InvariantCulture), command, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(string.IsNullOrWhiteSpace(line.Data) ? null : $"{name}: {line.Data}");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ListensAsync(port);
        return new ServerUnderTest(name, port, prefix, process);
    }

    /// <summary>User and system time so far, in seconds, of the process and everything below it.</summary>
    public double CpuSeconds() => Tree(_process.Id).Sum(TimeOf);

    public void Dispose()
    {
        // A master that lives restarts its workers: all at once, and no waiting for output that somebody may still hold.
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(TimeSpan.FromSeconds(5));
        _process.Dispose();
    }

    private static async Task ListensAsync(int port)
    {
        for (var i = 0; i < 600; i++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException($"Nothing listens on port {port}.");
    }

    private static IEnumerable<int> Tree(int root)
    {
        yield return root;
        foreach (var child in File.Exists($"/proc/{root}/task/{root}/children") ? File.ReadAllText($"/proc/{root}/task/{root}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            foreach (var id in Tree(int.Parse(child, CultureInfo.InvariantCulture)))
            {
                yield return id;
            }
        }
    }

    private static double TimeOf(int id)
    {
        // The name in parentheses may hold spaces; utime and stime are the 12th and 13th fields behind it, in hundredths of a second.
        var text = File.ReadAllText($"/proc/{id}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }
}
