using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>A few reading connections: in WAL mode they see the last commit and wait for nobody.</summary>
internal sealed class ReaderPool : IDisposable
{
    // More readers than cores only queue inside SQLite.
    private static readonly int ReadersMax = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly string _path;
    private readonly SemaphoreSlim _places = new(ReadersMax, ReadersMax);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _disposed;

    public ReaderPool(string path) => _path = path;

    /// <summary>Reads on the pool, since file work must not run on the thread of an upstream's or client's I/O.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Read(read), cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Empty();
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var connection = _idle.TryTake(out var idle) ? idle : SqliteFile.OpenReader(_path);
        try
        {
            var result = read(connection);
            _idle.Add(connection);
            connection = null;
            return result;
        }
        finally
        {
            // After a fault the connection is not used again.
            connection?.Dispose();
            if (_disposed)
            {
                Empty();
            }
        }
    }

    private void Empty()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
