namespace Headgate.Catalogue;

/// <summary>Something a definition states without a source that settles it, and the safer side it takes.</summary>
/// <param name="File">File of the definition.</param>
/// <param name="Line">Line of the remark, from 1.</param>
/// <param name="Uncertain">What is not known.</param>
/// <param name="Safer">What is done about it, or what a careful operator overrides.</param>
public sealed record UncertainFact(string File, int Line, string Uncertain, string Safer)
{
    private const string Mark = "uncertain:";
    private const string Choice = "safer:";

    /// <summary>The remarks of a definition (<c># uncertain: … safer: …</c>), in its order. Pure and thread-safe.</summary>
    public static IReadOnlyList<UncertainFact> In(CatalogueFile file)
    {
        var facts = new List<UncertainFact>();
        var lines = file.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Comment(lines[i]) is not { } first || first.IndexOf(Mark, StringComparison.Ordinal) is not (>= 0 and var at))
            {
                continue;
            }

            var text = first[(at + Mark.Length)..].Trim();
            var line = i + 1;
            // A remark goes on while whole lines are comments.
            while (i + 1 < lines.Length && lines[i + 1].TrimStart().StartsWith('#') && Comment(lines[i + 1])!.IndexOf(Mark, StringComparison.Ordinal) < 0)
            {
                text += $" {Comment(lines[++i])!.Trim()}";
            }

            var choice = text.IndexOf(Choice, StringComparison.Ordinal);
            facts.Add(choice < 0
                ? new UncertainFact(file.Name, line, text, "")
                : new UncertainFact(file.Name, line, text[..choice].Trim(), text[(choice + Choice.Length)..].Trim()));
        }

        return facts;
    }

    // A mark inside quotes begins no comment; "# " after a space does.
    private static string? Comment(string line)
    {
        var trimmed = line.TrimStart();
        if (trimmed.StartsWith('#'))
        {
            return trimmed[1..];
        }

        var at = line.IndexOf(" # ", StringComparison.Ordinal);
        return at < 0 ? null : line[(at + 3)..];
    }
}
