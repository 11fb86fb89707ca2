using System.Reflection;

namespace Headgate.Catalogue;

/// <summary>Builds a <see cref="CatalogueModel"/> from YAML definitions (design §4). Pure and thread-safe.</summary>
public static class CatalogueLoader
{
    private const string ResourcePrefix = "Headgate.Catalogue.";

    /// <summary>The definitions that come with Headgate, by file name.</summary>
    public static IReadOnlyList<CatalogueFile> Shipped { get; } = ReadShipped();

    /// <summary>Builds a model from files; a later file's definition is laid over an earlier one of the same provider.</summary>
    /// <remarks>
    /// Maps merge key by key, an empty value removes a key, endpoints merge by name, error rules of the later file come first, other lists
    /// are replaced; <c>replace: true</c> drops the earlier definition altogether.
    /// </remarks>
    /// <param name="files">YAML definitions in order.</param>
    /// <param name="variable">Environment variables that limits name under <c>lowered</c>; null knows none.</param>
    /// <exception cref="CatalogueException">Something is wrong; it tells everything that is.</exception>
    public static CatalogueModel Load(IEnumerable<CatalogueFile> files, Func<string, string?>? variable = null)
    {
        var errors = new ErrorList();
        var definitions = Merge(files, errors);
        var providers = new List<ProviderModel>();
        foreach (var definition in definitions)
        {
            CatalogueKeys.Provider.Check(definition, "", errors);
            if (ProviderBinder.Bind(definition, variable ?? (static _ => null), errors) is { } provider)
            {
                providers.Add(provider);
            }
        }

        return errors.Count == 0 ? new CatalogueModel(providers) : throw errors.ToException();
    }

    /// <summary>The shipped definitions with the user's own laid over them.</summary>
    /// <param name="own">The user's definitions, or null.</param>
    /// <param name="variable">Environment variables that limits name under <c>lowered</c>; null knows none.</param>
    /// <exception cref="CatalogueException">Something is wrong; it tells everything that is.</exception>
    public static CatalogueModel LoadShipped(IEnumerable<CatalogueFile>? own = null, Func<string, string?>? variable = null) => Load([.. Shipped, .. own ?? []], variable);

    private static List<CatalogueNode> Merge(IEnumerable<CatalogueFile> files, ErrorList errors)
    {
        var reader = new YamlFileReader(errors);
        var definitions = new List<CatalogueNode>();
        foreach (var definition in files.SelectMany(reader.Read))
        {
            if (definition.IsNull)
            {
                continue;
            }

            var name = definition["provider"]?.Text;
            var index = name is null ? -1 : definitions.FindIndex(other => string.Equals(other["provider"]?.Text, name, StringComparison.Ordinal));
            if (index < 0)
            {
                definitions.Add(definition);
            }
            else
            {
                var replaces = string.Equals(definition["replace"]?.Text, "true", StringComparison.Ordinal);
                definitions[index] = replaces ? definition : NodeMerger.Merge(definitions[index], definition);
            }
        }

        return definitions;
    }

    private static List<CatalogueFile> ReadShipped()
    {
        var assembly = typeof(CatalogueLoader).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new CatalogueFile(name[ResourcePrefix.Length..], Text(assembly, name)))];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
