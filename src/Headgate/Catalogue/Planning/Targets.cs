using System.Buffers;

namespace Headgate.Catalogue;

/// <summary>Takes raw targets apart.</summary>
internal static class Targets
{
    // Visible ASCII is all that a raw target may hold; anything else never came from a wire and is passed on without being understood.
    private static readonly SearchValues<char> Visible = SearchValues.Create(
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static bool IsOrdinary(string target) => target.StartsWith('/') && target.AsSpan().IndexOfAnyExcept(Visible) < 0;

    public static ReadOnlySpan<char> Path(string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? target : target.AsSpan(0, question);
    }

    public static ReadOnlySpan<char> Query(string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? default : target.AsSpan(question + 1);
    }

    /// <summary>Does the query hold this parameter alone, however often, its name written without escapes?</summary>
    public static bool HasOnly(string target, string name)
    {
        var rest = Query(target);
        while (!rest.IsEmpty)
        {
            if (rest[0] != '&' && !(rest.StartsWith(name, StringComparison.Ordinal) && (rest.Length == name.Length || rest[name.Length] is '=' or '&')))
            {
                return false;
            }

            var end = rest.IndexOf('&');
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return true;
    }

    /// <summary>The first value of a query parameter, decoded where it can be; null when there is none.</summary>
    public static string? Parameter(string target, string name)
    {
        foreach (var parameter in new QueryParameters(Query(target)))
        {
            if (parameter.Is(name))
            {
                return parameter.TryValue(out var value) ? value : parameter.RawValue.ToString();
            }
        }

        return null;
    }
}
