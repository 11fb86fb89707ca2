using System.Globalization;

namespace Headgate.Strategies.Cli;

/// <summary>name=value pairs of the command line as JSON values.</summary>
internal static class ParameterArguments
{
    public static Dictionary<string, object> Parse(IEnumerable<string> pairs)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0)
            {
                throw new CliException(ExitCode.Usage, $"'{pair}' is not name=value");
            }

            values[pair[..split]] = Value(pair[(split + 1)..]);
        }

        return values;
    }

    private static object Value(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : bool.TryParse(text, out var flag) ? flag : text;
}
