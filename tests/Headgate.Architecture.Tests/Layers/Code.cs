using System.Text.RegularExpressions;

namespace Headgate.Architecture.Tests.Layers;

/// <summary>Reads C# as far as these tests need it.</summary>
internal static partial class Code
{
    /// <summary>Every identifier outside comments and string literals.</summary>
    public static HashSet<string> Names(string source) =>
        [.. Identifier().Matches(CommentsAndStrings().Replace(source, " ")).Select(match => match.Value)];

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex CommentsAndStrings();

    [GeneratedRegex(@"[A-Za-z_]\w*", RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();
}
