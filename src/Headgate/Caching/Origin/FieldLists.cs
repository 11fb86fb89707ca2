using System.Text;

namespace Headgate.Caching;

/// <summary>Comma-separated field values (RFC 9110 §5.6.1); quoted strings may hold commas.</summary>
internal static class FieldLists
{
    public static IEnumerable<string> Split(string line)
    {
        var start = 0;
        var isQuoted = false;
        for (var at = 0; at <= line.Length; at++)
        {
            if (at == line.Length || (line[at] == ',' && !isQuoted))
            {
                var member = line[start..at].Trim(' ', '\t');
                start = at + 1;
                if (member.Length > 0)
                {
                    yield return member;
                }
            }
            else if (line[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[at] == '\\' && isQuoted)
            {
                at++;
            }
        }
    }

    /// <summary>Members of every line of a field, in order.</summary>
    public static IEnumerable<string> Split(IReadOnlyList<HeaderField> headers, string name) =>
        headers.Where(header => header.Is(name)).SelectMany(header => Split(header.Value));

    public static string Unquote(string text)
    {
        if (text is not ['"', .., '"'])
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
        {
            i += text[i] == '\\' && i < text.Length - 2 ? 1 : 0;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
