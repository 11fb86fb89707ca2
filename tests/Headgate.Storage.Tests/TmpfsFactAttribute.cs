using System.Diagnostics;

namespace Headgate.Storage.Tests;

/// <summary>A fact that needs a disk of its own small size; skipped where this user may not mount one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmpfsFactAttribute : FactAttribute
{
    private static readonly bool CanMount = Try();

    public TmpfsFactAttribute() => Skip = CanMount ? null : "needs the right to mount a tmpfs";

    /// <summary>Runs a program; true when it succeeds.</summary>
    public static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static bool Try()
    {
        using var directory = new TempDirectory();
        return OperatingSystem.IsLinux()
            && Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.Path)
            && Run("umount", directory.Path);
    }
}
