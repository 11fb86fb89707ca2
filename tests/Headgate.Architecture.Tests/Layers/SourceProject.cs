using System.Xml.Linq;

namespace Headgate.Architecture.Tests.Layers;

/// <summary>A project below src/ as its file tells it.</summary>
internal sealed record SourceProject(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks, bool IsDeterministic)
{
    public static IReadOnlyList<SourceProject> All { get; } =
        [.. Repository.Files().Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Read)];

    /// <summary>Its C# and Razor files, paths below the root.</summary>
    public IEnumerable<string> Sources => Repository.Files().Where(file =>
        file.StartsWith($"src/{Name}/", StringComparison.Ordinal) && (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)));

    public override string ToString() => Name;

    private static SourceProject Read(string path)
    {
        var xml = XDocument.Load(Repository.Path(path));
        return new SourceProject(
            Path.GetFileNameWithoutExtension(path),
            [.. Includes(xml, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(xml, "PackageReference")],
            [.. Includes(xml, "FrameworkReference")],
            xml.Descendants("HeadgateDeterministic").Any(element => string.Equals(element.Value, "true", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element).Select(item => item.Attribute("Include")?.Value).OfType<string>();
}
