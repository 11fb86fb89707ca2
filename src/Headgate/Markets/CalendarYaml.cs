using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Headgate.Markets;

/// <summary>Bounded reading of a YAML text into nodes that know their lines.</summary>
internal static class CalendarYaml
{
    // Calendars nest five deep. The node model is built recursively, so deeper text is refused before it can exhaust the stack.
    private const int DepthMax = 16;

    /// <summary>The one mapping of a text; null, with an error told, for anything else.</summary>
    public static YamlMappingNode? Root(string yaml, CalendarErrors errors)
    {
        if (yaml.Length > MarketCalendarLoader.TextLengthMax)
        {
            errors.Add(1, $"the file has {yaml.Length} characters; at most {MarketCalendarLoader.TextLengthMax} are read");
            return null;
        }

        try
        {
            if (!IsTame(yaml, errors))
            {
                return null;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            errors.Add(1, "expected one mapping beginning with market:");
        }
        catch (YamlException e)
        {
            errors.Add(e.Start.Line, e.InnerException?.Message ?? e.Message);
        }

        return null;
    }

    private static bool IsTame(string yaml, CalendarErrors errors)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            if (current is AnchorAlias)
            {
                errors.Add(current.Start.Line, "aliases are not read in calendars");
                return false;
            }

            if (depth > DepthMax)
            {
                errors.Add(current.Start.Line, $"nested more than {DepthMax} deep");
                return false;
            }
        }

        return true;
    }
}
