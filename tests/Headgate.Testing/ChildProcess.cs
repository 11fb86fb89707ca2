using System.Diagnostics;
using System.Text;

namespace Headgate.Testing;

/// <summary>A real process under test: its output is kept, and it never outlives the test.</summary>
/// <threadsafety>Safe.</threadsafety>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _read;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process)
    {
        _process = process;
        _read = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => Text(_output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Text(_error);

    /// <param name="file">Executable, by path or by name on PATH.</param>
    /// <param name="arguments">One by one, not parsed by a shell.</param>
    /// <param name="environment">Added to the test's own; null removes a variable.</param>
    /// <param name="workingDirectory">Defaults to the repository's root.</param>
    public static ChildProcess Start(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(file)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? Repository.Root,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
        process.StandardInput.Close();
        return new ChildProcess(process);
    }

    /// <summary>Runs to the end and returns exit code and output.</summary>
    public static async Task<ProcessResult> RunAsync(
        string file,
        IEnumerable<string> arguments,
        TimeSpan timeout,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        await using var process = Start(file, arguments, environment, workingDirectory);
        return await process.WaitAsync(timeout);
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It still runs; the message holds its output.</exception>
    public async Task<ProcessResult> WaitAsync(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _read.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"process {Id} still runs after {timeout}\n{Output}\n{Error}", exception);
        }

        return new ProcessResult(_process.ExitCode, Output, Error);
    }

    /// <summary>Waits until it has written a line to standard output that begins so, and returns that line.</summary>
    /// <exception cref="TimeoutException">It did not, or it ended; the message holds its output.</exception>
    public async Task<string> UntilLineAsync(string beginning, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                more = _more.Task;
            }

            if (Output.Split('\n').SkipLast(1).FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            try
            {
                var first = await Task.WhenAny(more, _read).WaitAsync(limit.Token);
                if (first == _read && more == _more.Task)
                {
                    throw new TimeoutException($"process {Id} ended before it wrote '{beginning}'\n{Output}\n{Error}");
                }
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"process {Id} did not write '{beginning}' within {timeout}\n{Output}\n{Error}", exception);
            }
        }
    }

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public void KillHard() => _process.Kill(entireProcessTree: false);

    /// <summary>SIGTERM: the polite end.</summary>
    public Task TerminateAsync() => SignalAsync("-TERM");

    /// <summary>SIGHUP: read what is read at start again.</summary>
    public Task HangUpAsync() => SignalAsync("-HUP");

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, StringBuilder into)
    {
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            lock (_gate)
            {
                into.Append(buffer, 0, read);
                _more.TrySetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private string Text(StringBuilder builder)
    {
        lock (_gate)
        {
            return builder.ToString();
        }
    }
}
