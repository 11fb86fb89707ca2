namespace Headgate.Storage.Sqlite;

/// <summary>Names the boot of this machine, whose monotonic clock two processes may compare.</summary>
public static class BootId
{
    private const string LinuxFile = "/proc/sys/kernel/random/boot_id";

    // Where the system names no boot, every process is its own: the engine clock then falls back to the wall clock at each start,
    // which is safe, whereas a name shared by two boots would compare readings of two unrelated clocks.
    private static readonly string Fallback = "process-" + Guid.NewGuid().ToString("N");

    /// <summary>The boot's id; stable until the machine restarts on Linux, unique per process elsewhere.</summary>
    public static string Read()
    {
        try
        {
            var text = File.ReadAllText(LinuxFile).Trim();
            return text.Length is > 0 and <= 64 ? text : Fallback;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fallback;
        }
    }
}
