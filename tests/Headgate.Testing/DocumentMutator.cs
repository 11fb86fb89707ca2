namespace Headgate.Testing;

/// <summary>Makes wrong documents out of right ones, the same for the same seed: what people mistype, and what nobody would.</summary>
/// <param name="seed">Another seed is another series.</param>
public sealed class DocumentMutator(int seed)
{
    private static readonly string[] Odd =
    [
        "? [a]\n: b\n", "? {a: b}\n: c\n", "? |\n  x\n: y\n", "[", "]", "{", "}", "{}", "[]", ": ", "- ", "~", "null", "\t", "|\n", ">-\n", "&a ", "*a", "<<: *a\n", "!!int x", "!!binary x", "!local ",
        "\"", "'", "\"\\ud800\"", "\"\\u0000\"", "\u0000", "\ud800", "\ufeff", "---\n", "...\n", "%YAML 9.9\n", "# ", ",", "99999999999999999999", "-1", "1e999", "NaN", "0x10", "1s", "0", "24:00-24:00",
        "2026-13-45", "$.", "$..", "(?<x>", "{token}", "/**", "\\", "é", "\u2028", "true", "yes", "Mon-Fri", "1 day in ", "\n", "\r\n", "  ",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One to four changes to one of the documents.</summary>
    public string Next(IReadOnlyList<string> documents)
    {
        var text = documents[_random.Next(documents.Count)];
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            text = Change(text);
        }

        return text;
    }

    private string Change(string text)
    {
        var lines = text.Split('\n').ToList();
        var at = _random.Next(lines.Count);
        switch (_random.Next(8))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(_random.Next(lines.Count + 1), lines[at]);
                break;
            case 2:
                lines[at] = Indent(lines[at]) + Odd[_random.Next(Odd.Length)];
                break;
            case 3:
                lines[at] = lines[at].Split(": ")[0] + ": " + Odd[_random.Next(Odd.Length)];
                break;
            case 4:
                lines[at] = " " + lines[at];
                break;
            case 5:
                // The value of one line under the key of another.
                lines[at] = lines[at].Split(": ")[0] + ": " + lines[_random.Next(lines.Count)].Split(": ")[^1];
                break;
            case 6:
                return text.Insert(_random.Next(text.Length + 1), Odd[_random.Next(Odd.Length)]);
            default:
                var from = _random.Next(text.Length + 1);
                return text.Remove(from, Math.Min(_random.Next(1, 12), text.Length - from));
        }

        return string.Join('\n', lines);
    }

    private static string Indent(string line) => line[..^line.TrimStart().Length];
}
