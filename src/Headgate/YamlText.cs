using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Headgate;

/// <summary>
/// Reads a YAML text whose writer may have erred in any way. The parser tells some faults by exceptions of no kind of its own, and nodes are built recursively, so
/// that deep nesting would end the process: both are told here as what they are. Thread-safe.
/// </summary>
public static class YamlText
{
    // The stream and the document count as levels to the parser.
    private const int Around = 2;

    /// <summary>Reads all documents.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="into">Where they are put; not to be used when there is a fault.</param>
    /// <param name="depthMax">Levels of lists and maps within each other that are taken.</param>
    /// <param name="noAliasesIn">What the text is, in the plural, where aliases are refused; null takes them.</param>
    /// <returns>The first fault, or null.</returns>
    public static YamlFault? Read(string text, YamlStream into, int depthMax, string? noAliasesIn = null)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            if (Untame(parser, depthMax, noAliasesIn) is { } fault)
            {
                return fault;
            }

            parser = new Parser(new StringReader(text));
            into.Load(parser);
            return null;
        }
        catch (YamlException broken)
        {
            return Fault(broken.Start, $"not valid YAML: {broken.InnerException?.Message ?? broken.Message}");
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
        {
            // The parser's stacks gave way, or its events are none of which nodes can be made; a key that is opened within another does either.
            return Fault(parser.Current?.Start ?? Mark.Empty, "not valid YAML: what stands here, or after it, is neither key nor value");
        }
    }

    private static YamlFault? Untame(Parser parser, int depthMax, string? noAliasesIn)
    {
        var depth = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            if (current is AnchorAlias && noAliasesIn is not null)
            {
                return Fault(current.Start, $"aliases are not read in {noAliasesIn}");
            }

            if (depth > depthMax + Around)
            {
                return Fault(current.Start, $"nested more than {depthMax} deep");
            }
        }

        return null;
    }

    private static YamlFault Fault(Mark at, string reason) => new(Math.Max(1, (int)at.Line), reason);
}
