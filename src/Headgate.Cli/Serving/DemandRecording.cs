using System.Threading.Channels;
using Headgate.Recording;

namespace Headgate.Cli.Serving;

/// <summary>Appends demand to a file behind the askers' backs. When the disk cannot keep up records are left out and their number is told; nobody waits.</summary>
internal sealed class DemandRecording : IAsyncDisposable
{
    // A second or so of a busy gate.
    private const int QueueMax = 65_536;

    private readonly Channel<DemandRecord> _queue = Channel.CreateBounded<DemandRecord>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly StreamWriter _writer;
    private readonly TextWriter _log;
    private readonly Task _writing;
    private long _leftOut;

    private DemandRecording(StreamWriter writer, TextWriter log)
    {
        _writer = writer;
        _log = log;
        _writing = Task.Run(WriteAsync);
    }

    /// <exception cref="CommandFailure">The file cannot be opened.</exception>
    public static DemandRecording Open(string path, TextWriter log)
    {
        try
        {
            return new DemandRecording(new StreamWriter(path, append: true), log);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"--record-demand {path} cannot be written: {problem.Message}", ExitCode.Usage, problem);
        }
    }

    public void Note(DemandRecord record)
    {
        if (!_queue.Writer.TryWrite(record))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        await _writer.DisposeAsync();
        if (_leftOut > 0)
        {
            await _log.WriteLineAsync($"demand recording: {_leftOut} records were left out because the disk did not keep up");
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                while (_queue.Reader.TryRead(out var record))
                {
                    await _writer.WriteLineAsync(record.ToLine());
                }

                await _writer.FlushAsync();
            }
        }
        catch (IOException problem)
        {
            // The gate goes on without its record: the disk is the operator's to mend.
            _queue.Writer.TryComplete();
            await _log.WriteLineAsync($"demand recording stopped: {problem.Message}");
        }
    }
}
