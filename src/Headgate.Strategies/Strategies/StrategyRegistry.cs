using System.Reflection;
using System.Runtime.Loader;
using Headgate.Strategies.CallSell;
using Headgate.Strategies.MultiLeg;

namespace Headgate.Strategies;

/// <summary>All strategies by name: the shipped classes and definitions, the user's definitions, and the user's assemblies. Immutable.</summary>
public sealed class StrategyRegistry
{
    private readonly SortedDictionary<string, IStrategy> _strategies = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">Two strategies share a name.</exception>
    public StrategyRegistry(IEnumerable<IStrategy> strategies)
    {
        foreach (var strategy in strategies)
        {
            if (!_strategies.TryAdd(strategy.Name, strategy))
            {
                throw new InvalidDataException($"two strategies are named '{strategy.Name}'");
            }
        }
    }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyCollection<IStrategy> All => _strategies.Values;

    public IStrategy? Find(string name) => _strategies.GetValueOrDefault(name);

    /// <summary>What ships, then what the user added.</summary>
    /// <param name="definitionFolder">Folder of *.yaml definitions; may be absent.</param>
    /// <param name="pluginFolder">Folder of *.dll with public <see cref="IStrategy"/> classes; may be absent. Only a folder the operator controls: its code runs.</param>
    /// <exception cref="InvalidDataException">A definition or assembly cannot be used; the message names the file.</exception>
    public static StrategyRegistry Load(string? definitionFolder = null, string? pluginFolder = null) =>
        new([.. Shipped(), .. Definitions(definitionFolder), .. Plugins(pluginFolder)]);

    private static IEnumerable<IStrategy> Shipped()
    {
        yield return CallSellFutureBuy.Weekly();
        yield return CallSellFutureBuy.T1();
        yield return CallSellFutureBuy.T2();
        var assembly = typeof(StrategyRegistry).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("definitions/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return MultiLegReader.Read(resource, reader.ReadToEnd());
        }
    }

    private static IEnumerable<IStrategy> Definitions(string? folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(f => MultiLegReader.Read(f, File.ReadAllText(f)))
        : [];

    private static IEnumerable<IStrategy> Plugins(string? folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal).SelectMany(Plugin)
        : [];

    private static IEnumerable<IStrategy> Plugin(string file)
    {
        try
        {
            // The default context: the plug-in must see this very IStrategy.
            var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(file));
            return [.. assembly.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IStrategy)))
                .Select(t => (IStrategy)Activator.CreateInstance(t)!)];
        }
        catch (Exception failure) when (failure is BadImageFormatException or FileLoadException or ReflectionTypeLoadException
            or MissingMethodException or TargetInvocationException or FileNotFoundException or TypeLoadException)
        {
            throw new InvalidDataException($"{file}: cannot be used as a strategy assembly: {failure.Message}", failure);
        }
    }
}
