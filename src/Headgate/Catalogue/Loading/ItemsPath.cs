namespace Headgate.Catalogue;

/// <summary><c>$.data</c> is a map of items; <c>$.quotes[].symbol</c> an array whose elements name their item in <c>symbol</c>.</summary>
internal static class ItemsPath
{
    /// <param name="text">The path as written.</param>
    /// <param name="container">Member names to the container.</param>
    /// <param name="keyField">The naming field of an array; null for a map.</param>
    public static bool TryParse(string text, out IReadOnlyList<string> container, out string? keyField)
    {
        (container, keyField) = ([], null);
        if (!text.StartsWith('$'))
        {
            return false;
        }

        var array = text.IndexOf("[].", StringComparison.Ordinal);
        if (array < 0)
        {
            return MemberPath.TryParse(text, out container);
        }

        keyField = text[(array + 3)..];
        return keyField.Length > 0 && MemberPath.TryParse(text[..array], out container);
    }
}
