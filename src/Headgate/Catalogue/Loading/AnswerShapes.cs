namespace Headgate.Catalogue;

/// <summary>
/// A smaller shape that has no definition of its own is its larger one at a longer path: <c>quote</c> matches <c>GET /quote</c> and
/// answers <c>quote-ltp</c>, so <c>quote-ltp</c> matches <c>GET /quote/ltp</c>.
/// </summary>
internal static class AnswerShapes
{
    public static IReadOnlyList<CatalogueNode> Complete(IReadOnlyList<CatalogueNode> endpoints)
    {
        var all = endpoints.ToList();
        foreach (var endpoint in endpoints)
        {
            foreach (var (name, members) in endpoint["answers"]?.Entries ?? [])
            {
                if (all.TrueForAll(other => !string.Equals(other["name"]?.Text, name, StringComparison.Ordinal)) && Derive(endpoint, name, members) is { } derived)
                {
                    all.Add(derived);
                }
            }
        }

        return all;
    }

    private static CatalogueNode? Derive(CatalogueNode endpoint, string name, CatalogueNode at)
    {
        var parent = endpoint["name"]?.Text ?? "";
        var match = endpoint["match"]?.Text ?? "";
        if (!name.StartsWith($"{parent}-", StringComparison.Ordinal) || match.Contains('?', StringComparison.Ordinal))
        {
            return null;
        }

        var entries = endpoint.Entries.Where(entry => entry.Key is not ("name" or "match" or "answers")).ToList();
        entries.Add(new("name", Scalar(at, name)));
        entries.Add(new("match", Scalar(at, $"{match.TrimEnd('/')}/{name[(parent.Length + 1)..].Replace('-', '/')}")));
        return endpoint.WithEntries(entries);
    }

    private static CatalogueNode Scalar(CatalogueNode at, string text) => new() { File = at.File, Line = at.Line, Kind = NodeKind.Scalar, Text = text };
}
