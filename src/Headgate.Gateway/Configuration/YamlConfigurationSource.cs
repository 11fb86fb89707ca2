using System.Globalization;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace Headgate.Gateway.Configuration;

/// <summary><c>headgate.yaml</c> as ordinary .NET configuration: nested members joined by colons, list elements by their index.</summary>
internal sealed class YamlConfigurationSource(string path) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(path);

    /// <summary>What the file states at its top, or nothing where there is none.</summary>
    public static IEnumerable<string> Sections(IConfiguration configuration) =>
        configuration is IConfigurationRoot root ? root.Providers.OfType<Provider>().SelectMany(static file => file.GetChildKeys([], parentPath: null)).Distinct(StringComparer.OrdinalIgnoreCase) : [];

    private sealed class Provider(string path) : ConfigurationProvider
    {
        // Deeper nesting than any setting has.
        private const int DepthMax = 16;

        // As a whole or not at all: a reload removes what is gone, and an error leaves what was.
        public override void Load()
        {
            var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            var yaml = new YamlStream();
            if (YamlText.Read(File.ReadAllText(path), yaml, DepthMax) is { } fault)
            {
                throw Refused(fault.Line, fault.Reason);
            }

            if (yaml.Documents is [{ RootNode: not YamlScalarNode { Value: null or "" } } file, ..])
            {
                Flatten(file.RootNode as YamlMappingNode ?? throw Refused(file.RootNode.Start.Line, "expected a map of settings"), "", 0, settings);
            }

            Data = settings;
        }

        private void Flatten(YamlNode node, string prefix, int depth, Dictionary<string, string?> settings)
        {
            // An alias nests what stands elsewhere, its own list or map included.
            if (depth > DepthMax)
            {
                throw Refused(node.Start.Line, $"nested more than {DepthMax} deep");
            }

            switch (node)
            {
                case YamlMappingNode map:
                    foreach (var (key, value) in map.Children)
                    {
                        Flatten(value, Join(prefix, NameOf(key)), depth + 1, settings);
                    }

                    break;
                case YamlSequenceNode list:
                    for (var index = 0; index < list.Children.Count; index++)
                    {
                        Flatten(list.Children[index], Join(prefix, index.ToString(CultureInfo.InvariantCulture)), depth + 1, settings);
                    }

                    break;
                case YamlScalarNode scalar:
                    settings[prefix] = scalar.Value;
                    break;
                default:
                    break;
            }
        }

        private string NameOf(YamlNode key) => key is YamlScalarNode { Value: { } name } ? name : throw Refused(key.Start.Line, "a key is not text");

        private FormatException Refused(long line, string reason) => new($"{path}:{line}: {reason}");

        private static string Join(string prefix, string key) => prefix.Length == 0 ? key : ConfigurationPath.Combine(prefix, key);
    }
}
