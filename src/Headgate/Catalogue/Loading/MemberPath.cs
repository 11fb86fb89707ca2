namespace Headgate.Catalogue;

/// <summary>Paths into a JSON body: <c>$.data.candles</c>, <c>$['Global Quote']['05. price']</c>, <c>$</c>; a bare word is one member name.</summary>
internal static class MemberPath
{
    public const string Expected = "a path such as $.data.candles";

    public static bool TryParse(string text, out IReadOnlyList<string> path)
    {
        path = [];
        if (!text.StartsWith('$'))
        {
            path = [text];
            return text.Length > 0;
        }

        var names = new List<string>();
        var rest = text.AsSpan(1);
        while (!rest.IsEmpty)
        {
            if (!TryTake(ref rest, out var name))
            {
                return false;
            }

            names.Add(name);
        }

        path = names;
        return names.Count <= 16;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, out string name)
    {
        name = "";
        if (rest.StartsWith("['"))
        {
            var end = rest.IndexOf("']");
            if (end <= 2)
            {
                return false;
            }

            name = rest[2..end].ToString();
            rest = rest[(end + 2)..];
            return true;
        }

        if (rest[0] != '.')
        {
            return false;
        }

        rest = rest[1..];
        var stop = rest.IndexOfAny('.', '[');
        name = (stop < 0 ? rest : rest[..stop]).ToString();
        rest = stop < 0 ? default : rest[stop..];
        return name.Length > 0;
    }
}
