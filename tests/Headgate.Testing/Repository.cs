namespace Headgate.Testing;

/// <summary>Finds the files of the repository the tests were built from.</summary>
public static class Repository
{
    // Built, downloaded or run-time directories: not what is committed.
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        ".git", "bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", "data",
    };

    /// <summary>The directory that holds <c>Headgate.slnx</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path below <see cref="Root"/>.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Every committed file's path below the root, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files()
    {
        var files = new List<string>();
        Collect(new DirectoryInfo(Root), files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static void Collect(DirectoryInfo directory, List<string> files)
    {
        foreach (var file in directory.EnumerateFiles())
        {
            // In a linked worktree .git is a file.
            if (!file.Name.Equals(".git", StringComparison.Ordinal) && file.LinkTarget is null)
            {
                files.Add(System.IO.Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'));
            }
        }

        foreach (var child in directory.EnumerateDirectories())
        {
            if (!Skipped.Contains(child.Name) && child.LinkTarget is null)
            {
                Collect(child, files);
            }
        }
    }

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Headgate.slnx")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("Headgate.slnx is in no directory above the tests");
    }
}
