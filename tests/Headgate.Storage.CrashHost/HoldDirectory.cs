using Headgate.Storage.Sqlite;

namespace Headgate.Storage.CrashHost;

/// <summary>Takes a data directory, says so, and keeps it until the input ends or the process does.</summary>
internal static class HoldDirectory
{
    public const string Url = "http://127.0.0.1:7071";

    public static int Run(string directory)
    {
        using var held = DataDirectory.Open(directory, TimeProvider.System);
        held.Announce(Url);
        Console.Out.WriteLine("held");
        Console.Out.Flush();
        Console.In.ReadToEnd();
        return 0;
    }
}
