using System.Globalization;
using System.Text;

namespace Headgate.Desk.Logs;

/// <summary>A text file that is set aside when it is full: <c>x.log</c> becomes <c>x.log.1</c>, that one <c>x.log.2</c>, and so on. Thread-safe.</summary>
/// <remarks>A disk that takes no more must not stop what is being logged about: lines are dropped until it does.</remarks>
internal sealed class RotatingFile(string path, long bytesMax, int filesKept) : IDisposable
{
    private readonly Lock _gate = new();
    private FileStream? _file;
    private bool _isDisposed;

    public void WriteLine(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                _file ??= Open();
                if (_file.Length > 0 && _file.Length + bytes.Length > bytesMax)
                {
                    Rotate();
                }

                _file!.Write(bytes);
                _file.Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _file?.Dispose();
                _file = null;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _file?.Dispose();
            _file = null;
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    private void Rotate()
    {
        _file!.Dispose();
        _file = null;
        if (filesKept == 0)
        {
            File.Delete(path);
        }

        for (var number = filesKept; number >= 1; number--)
        {
            var younger = number == 1 ? path : Numbered(number - 1);
            if (File.Exists(younger))
            {
                File.Move(younger, Numbered(number), overwrite: true);
            }
        }

        _file = Open();
    }

    private string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
}
