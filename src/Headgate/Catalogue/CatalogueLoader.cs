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
    /// <param name="profiles">Profiles chosen, by provider; they go before what definitions choose. Null chooses none.</param>
    /// <exception cref="CatalogueException">Something is wrong; it tells everything that is.</exception>
    public static CatalogueModel Load(IEnumerable<CatalogueFile> files, Func<string, string?>? variable = null, IReadOnlyDictionary<string, string>? profiles = null)
    {
        var errors = new ErrorList();
        var providers = new List<ProviderModel>();
        foreach (var layers in Merge(files, errors))
        {
            if (Bind(layers, variable ?? (static _ => null), profiles, errors) is { } provider)
            {
                providers.Add(provider);
            }
        }

        return errors.Count == 0 ? new CatalogueModel(providers) : throw errors.ToException();
    }

    /// <summary>The shipped definitions with the user's own laid over them.</summary>
    /// <param name="own">The user's definitions, or null.</param>
    /// <param name="variable">Environment variables that limits name under <c>lowered</c>; null knows none.</param>
    /// <param name="profiles">Profiles chosen, by provider; they go before what definitions choose. Null chooses none.</param>
    /// <exception cref="CatalogueException">Something is wrong; it tells everything that is.</exception>
    public static CatalogueModel LoadShipped(
        IEnumerable<CatalogueFile>? own = null, Func<string, string?>? variable = null, IReadOnlyDictionary<string, string>? profiles = null) =>
        Load([.. Shipped, .. own ?? []], variable, profiles);

    private static ProviderModel? Bind(Layers layers, Func<string, string?> variable, IReadOnlyDictionary<string, string>? profiles, ErrorList errors)
    {
        var before = errors.Count;
        var plain = layers.Merged(null);
        var profile = Profile(layers, plain, profiles, errors);
        var bound = Bind(profile is null ? plain : layers.Merged(profile), variable, errors);
        // Profiles nobody has chosen are held to the same rules, so that choosing one at run time holds no surprise.
        foreach (var other in errors.Count > before ? [] : layers.Profiles.Where(other => !string.Equals(other, profile, StringComparison.Ordinal)))
        {
            Bind(layers.Merged(other), variable, errors);
        }

        return bound;
    }

    private static ProviderModel? Bind(CatalogueNode definition, Func<string, string?> variable, ErrorList errors)
    {
        CatalogueKeys.Provider.Check(definition, "", errors);
        return ProviderBinder.Bind(definition, variable, errors);
    }

    private static string? Profile(Layers layers, CatalogueNode plain, IReadOnlyDictionary<string, string>? profiles, ErrorList errors)
    {
        var name = plain["provider"]?.Text ?? "";
        var configured = profiles?.GetValueOrDefault(name);
        var chosen = configured ?? layers.Chosen?.Text;
        if (chosen is null || layers.Profiles.Contains(chosen, StringComparer.Ordinal))
        {
            return chosen;
        }

        errors.Add(
            (configured is null ? layers.Chosen : null) ?? plain,
            $"profile is {chosen}; expected {(layers.Profiles.Count == 0 ? $"none, {name} has no profiles" : $"one of {string.Join(", ", layers.Profiles)}")}");
        return null;
    }

    private static List<Layers> Merge(IEnumerable<CatalogueFile> files, ErrorList errors)
    {
        var reader = new YamlFileReader(errors);
        var named = new Dictionary<string, Layers>(StringComparer.Ordinal);
        var definitions = new List<Layers>();
        foreach (var definition in files.SelectMany(reader.Read))
        {
            if (definition.IsNull)
            {
                continue;
            }

            var name = definition["provider"]?.Text;
            if (name is null || !named.TryGetValue(name, out var layers))
            {
                layers = new Layers();
                definitions.Add(layers);
                if (name is not null)
                {
                    named.Add(name, layers);
                }
            }

            layers.Add(definition);
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
