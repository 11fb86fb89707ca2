using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Headgate.Catalogue;

/// <summary>Turns YAML text into <see cref="CatalogueNode"/> trees; syntax errors are collected with their line.</summary>
internal sealed class YamlFileReader(ErrorList errors)
{
    private const int TextMax = 1 << 20;

    // Definitions nest seven deep.
    private const int DepthMax = 24;

    /// <summary>The file's documents; those that cannot be read are reported and left out.</summary>
    public IReadOnlyList<CatalogueNode> Read(CatalogueFile file)
    {
        if (file.Text.Length > TextMax)
        {
            errors.Add(file.Name, 1, $"the file has {file.Text.Length} characters; expected at most {TextMax}");
            return [];
        }

        var stream = new YamlStream();
        if (YamlText.Read(file.Text, stream, DepthMax, "definitions") is { } fault)
        {
            errors.Add(file.Name, fault.Line, fault.Reason);
            return [];
        }

        var documents = new List<CatalogueNode>();
        foreach (var document in stream.Documents)
        {
            if (Convert(document.RootNode, file.Name) is { } node)
            {
                documents.Add(node);
            }
        }

        return documents;
    }

    private CatalogueNode? Convert(YamlNode node, string file)
    {
        var line = Math.Max(1, (int)node.Start.Line);
        switch (node)
        {
            case YamlScalarNode scalar:
                return new CatalogueNode
                {
                    File = file,
                    Line = line,
                    Kind = NodeKind.Scalar,
                    Text = scalar.Value ?? "",
                    Quoted = scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any),
                };
            case YamlSequenceNode sequence:
                return ConvertList(sequence, file, line);
            case YamlMappingNode mapping:
                return ConvertMap(mapping, file, line);
            default:
                errors.Add(file, line, "this kind of YAML node is not used here");
                return null;
        }
    }

    private CatalogueNode ConvertList(YamlSequenceNode sequence, string file, int line)
    {
        var items = new List<CatalogueNode>(sequence.Children.Count);
        foreach (var child in sequence.Children)
        {
            if (Convert(child, file) is { } item)
            {
                items.Add(item);
            }
        }

        return new CatalogueNode { File = file, Line = line, Kind = NodeKind.List, Items = items };
    }

    private CatalogueNode ConvertMap(YamlMappingNode mapping, string file, int line)
    {
        var entries = new List<KeyValuePair<string, CatalogueNode>>(mapping.Children.Count);
        foreach (var (keyNode, valueNode) in mapping.Children)
        {
            if (keyNode is not YamlScalarNode key)
            {
                errors.Add(file, Math.Max(1, (int)keyNode.Start.Line), "a key is not text");
            }
            else if (Convert(valueNode, file) is { } value)
            {
                entries.Add(new(key.Value ?? "", value));
            }
        }

        return new CatalogueNode { File = file, Line = line, Kind = NodeKind.Map, Entries = entries };
    }
}
