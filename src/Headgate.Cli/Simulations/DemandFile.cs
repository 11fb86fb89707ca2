using Headgate.Recording;

namespace Headgate.Cli.Simulations;

/// <summary>A file of demand records, one a line.</summary>
internal sealed class DemandFile : IDisposable
{
    private readonly StreamWriter _writer;

    private DemandFile(StreamWriter writer) => _writer = writer;

    /// <summary>A new file at the path; null where none is asked for.</summary>
    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public static DemandFile? Create(string? path)
    {
        try
        {
            return path is null ? null : new DemandFile(new StreamWriter(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{path} cannot be written: {problem.Message}", ExitCode.Usage, problem);
        }
    }

    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static IReadOnlyList<DemandRecord> Read(string path)
    {
        try
        {
            return DemandRecord.Read(Path.GetFileName(path), File.ReadLines(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{path} cannot be read: {problem.Message}", ExitCode.Usage, problem);
        }
    }

    public void Write(DemandRecord record) => _writer.WriteLine(record.ToLine());

    public void Dispose() => _writer.Dispose();
}
