using System.Globalization;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
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
        // Deeper nesting than any setting has; bounds the recursion on a hostile file.
        private const int DepthMax = 16;

        // As a whole or not at all: a reload removes what is gone, and an error leaves what was.
        public override void Load()
        {
            var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            try
            {
                yaml.Load(reader);
                if (yaml.Documents.Count > 0)
                {
                    Flatten(yaml.Documents[0].RootNode, "", 0, settings);
                }
            }
            catch (YamlException error)
            {
                throw new FormatException($"{path}:{error.Start.Line}: {error.Message}", error);
            }

            Data = settings;
        }

        private static void Flatten(YamlNode node, string prefix, int depth, Dictionary<string, string?> settings)
        {
            if (depth > DepthMax)
            {
                throw new YamlException(node.Start, node.End, "nested too deep");
            }

            switch (node)
            {
                case YamlMappingNode map:
                    foreach (var (key, value) in map.Children)
                    {
                        Flatten(value, Join(prefix, ((YamlScalarNode)key).Value ?? ""), depth + 1, settings);
                    }

                    break;
                case YamlSequenceNode list:
                    for (var index = 0; index < list.Children.Count; index++)
                    {
                        Flatten(list.Children[index], Join(prefix, index.ToString(CultureInfo.InvariantCulture)), depth + 1, settings);
                    }

                    break;
                case YamlScalarNode scalar when prefix.Length > 0:
                    settings[prefix] = scalar.Value;
                    break;
                default:
                    break;
            }
        }

        private static string Join(string prefix, string key) => prefix.Length == 0 ? key : ConfigurationPath.Combine(prefix, key);
    }
}
