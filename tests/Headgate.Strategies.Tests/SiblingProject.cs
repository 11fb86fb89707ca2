namespace Headgate.Strategies.Tests;

/// <summary>Finds what a project beside this one was built into.</summary>
internal static class SiblingProject
{
    public static string Assembly(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)); // tests/X/bin/<configuration>/<framework>
        return Path.Combine(here.Parent!.Parent!.Parent!.Parent!.FullName, project, "bin", here.Parent.Name, here.Name, $"{project}.dll");
    }
}
