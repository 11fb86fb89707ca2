using YamlDotNet.RepresentationModel;

namespace Headgate.Markets;

/// <summary>Bounded reading of a YAML text into nodes that know their lines.</summary>
internal static class CalendarYaml
{
    // Calendars nest five deep.
    private const int DepthMax = 16;

    /// <summary>The one mapping of a text; null, with an error told, for anything else.</summary>
    public static YamlMappingNode? Root(string yaml, CalendarErrors errors)
    {
        if (yaml.Length > MarketCalendarLoader.TextLengthMax)
        {
            errors.Add(1, $"the file has {yaml.Length} characters; at most {MarketCalendarLoader.TextLengthMax} are read");
            return null;
        }

        var stream = new YamlStream();
        if (YamlText.Read(yaml, stream, DepthMax, "calendars") is { } fault)
        {
            errors.Add(fault.Line, fault.Reason);
        }
        else if (stream.Documents is [{ RootNode: YamlMappingNode root }])
        {
            return root;
        }
        else
        {
            errors.Add(1, "expected one mapping beginning with market:");
        }

        return null;
    }
}
