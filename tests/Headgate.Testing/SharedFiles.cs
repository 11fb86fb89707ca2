namespace Headgate.Testing;

/// <summary>Finds the shared inputs that lie beside the repository; they are test input only and may be absent.</summary>
public static class SharedFiles
{
    /// <summary>The directory of the shared inputs, or null where there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>A path below <see cref="Root"/>.</summary>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Root ?? throw new InvalidOperationException("needs ../shared"), .. parts]);

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(directory.FullName, "Headgate.slnx")))
            {
                continue;
            }

            var shared = System.IO.Path.GetFullPath(System.IO.Path.Combine(directory.FullName, "..", "shared"));
            return Directory.Exists(shared) ? shared : null;
        }

        return null;
    }
}
