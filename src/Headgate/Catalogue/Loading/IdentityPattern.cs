using System.Text.RegularExpressions;

namespace Headgate.Catalogue;

/// <summary>Patterns that take credentials apart; they run on hostile input, so only the linear-time engine is used.</summary>
internal static class IdentityPattern
{
    public static bool TryCompile(string pattern, out Regex? regex)
    {
        try
        {
            regex = new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern.Length <= 500;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            regex = null;
            return false;
        }
    }
}
