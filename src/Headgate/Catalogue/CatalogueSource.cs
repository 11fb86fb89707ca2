namespace Headgate.Catalogue;

/// <summary>Where a gate's catalogue comes from: the shipped definitions, the user's files, and addresses set by configuration.</summary>
/// <remarks>Thread-safe; every <see cref="Load"/> reads the files anew.</remarks>
public sealed class CatalogueSource
{
    private readonly IReadOnlyList<string> _paths;
    private readonly IReadOnlyDictionary<string, Uri> _baseUrls;
    private readonly IReadOnlyDictionary<string, string>? _profiles;
    private readonly IReadOnlyList<CatalogueFile> _added;

    /// <param name="paths">YAML files, or directories whose <c>*.yaml</c> and <c>*.yml</c> are taken in order of name; later ones win.</param>
    /// <param name="baseUrls">Addresses by provider name; providers the catalogue lacks are ignored (the edge warns of them).</param>
    /// <param name="profiles">Profiles chosen, by provider name; null chooses none.</param>
    /// <param name="added">Definitions that the program brings beside the shipped ones; the user's files go before them. Null brings none.</param>
    public CatalogueSource(
        IReadOnlyList<string> paths,
        IReadOnlyDictionary<string, Uri>? baseUrls = null,
        IReadOnlyDictionary<string, string>? profiles = null,
        IReadOnlyList<CatalogueFile>? added = null)
    {
        _added = added ?? [];
        _profiles = profiles;
        _paths = paths;
        _baseUrls = baseUrls ?? new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads and builds the catalogue. The caller swaps it in, or keeps what runs when this throws.</summary>
    /// <exception cref="CatalogueException">A file cannot be read or is wrong; it tells everything that is.</exception>
    public CatalogueModel Load()
    {
        var catalogue = CatalogueLoader.LoadShipped([.. _added, .. ReadOwn()], Environment.GetEnvironmentVariable, _profiles);
        foreach (var (provider, baseUrl) in _baseUrls)
        {
            catalogue = catalogue.WithBaseUrl(provider, baseUrl);
        }

        return catalogue;
    }

    private List<CatalogueFile> ReadOwn()
    {
        var files = new List<CatalogueFile>();
        var errors = new ErrorList();
        foreach (var path in _paths.SelectMany(Expand))
        {
            try
            {
                files.Add(new CatalogueFile(Path.GetFileName(path), File.ReadAllText(path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                errors.Add(Path.GetFileName(path), 1, $"the file cannot be read: {exception.Message}");
            }
        }

        return errors.Count == 0 ? files : throw errors.ToException();
    }

    private static IEnumerable<string> Expand(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
        : [path];
}
