using System.Text;
using Headgate.Catalogue;

namespace Headgate.History;

/// <summary>Candle targets with other bounds, and without any. Pure.</summary>
internal static class RangeTargets
{
    /// <summary>The target with other bounds, all other bytes as they were.</summary>
    public static string Rewrite(string target, RangeModel range, InstantRange asked)
    {
        var text = new StringBuilder(target.Length + 16).Append(Targets.Path(target));
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            text.Append(text.Length > 0 && HasQuery(text) ? '&' : '?');
            if (parameter.Is(range.From))
            {
                Append(text, parameter.RawName, RangeBounds.Write(asked.Start, range));
            }
            else if (parameter.Is(range.To))
            {
                Append(text, parameter.RawName, RangeBounds.Write(asked.End - 1, range));
            }
            else
            {
                text.Append(parameter.Raw);
            }
        }

        return text.ToString();
    }

    /// <summary>What all ranges of one series share: path and other parameters, in ordinal order, since their order tells nothing apart.</summary>
    public static string Series(string key, RangeModel range)
    {
        List<string> others = [];
        foreach (var parameter in new QueryParameters(Targets.Query(key)))
        {
            if (!parameter.Is(range.From) && !parameter.Is(range.To))
            {
                others.Add(parameter.Raw.ToString());
            }
        }

        others.Sort(StringComparer.Ordinal);
        var path = Targets.Path(key).ToString();
        return others.Count == 0 ? path : $"{path}?{string.Join('&', others)}";
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> name, string value)
    {
        text.Append(name).Append('=');
        Percent.Encode(text, value, spaceAsPlus: true);
    }

    private static bool HasQuery(StringBuilder text)
    {
        foreach (var chunk in text.GetChunks())
        {
            if (chunk.Span.Contains('?'))
            {
                return true;
            }
        }

        return false;
    }
}
