using System.Text.Json;

namespace Headgate.Storage.Sqlite;

/// <summary>The process that holds a data directory, as it wrote itself into <c>headgate.lock</c>.</summary>
/// <param name="ProcessId">Its process id.</param>
/// <param name="Since">When it took the directory (wall clock, UTC).</param>
/// <param name="Url">Where it listens, or null before it does.</param>
public sealed record DataDirectoryOwner(int ProcessId, DateTimeOffset Since, string? Url)
{
    // The file is a few hundred bytes; anything larger was not written by us.
    internal const int BytesMax = 8 * 1024;

    public override string ToString() =>
        $"process {ProcessId}, since {Since.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC, {(Url is null ? "not yet listening" : "at " + Url)}";

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    internal static DataDirectoryOwner? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<DataDirectoryOwner>(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
