using System.Globalization;
using System.Text;

namespace Headgate.Strategies;

/// <summary>
/// Values as the replaced platform (Python) prints them. Its parameter hashes and its error texts are made of these texts, and its users
/// compare both.
/// </summary>
internal static class PythonText
{
    /// <summary>repr() of a float: at least one decimal, no trailing zeros, an exponent below 0.0001.</summary>
    public static string Float(decimal value)
    {
        var text = (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        if (value == 0)
        {
            return "0.0";
        }

        return Math.Abs(value) < 0.0001m ? Exponent(text) : text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    /// <summary>repr() of any parameter value.</summary>
    public static string Repr(object value) => value switch
    {
        decimal number => Float(number),
        bool flag => flag ? "True" : "False",
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>repr() of a list.</summary>
    public static string List(IEnumerable<object> values) => $"[{string.Join(", ", values.Select(Repr))}]";

    /// <summary>json.dumps(…, sort_keys=True) with its default separators and ASCII escapes.</summary>
    public static string Json(IReadOnlyDictionary<string, object> values)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > 1 ? ", " : "").Append(Quoted(name)).Append(": ").Append(value switch
            {
                string s => Quoted(s),
                bool flag => flag ? "true" : "false",
                _ => Repr(value),
            });
        }

        return text.Append('}').ToString();
    }

    // "0.0000123" becomes "1.23e-05".
    private static string Exponent(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal)[2..];
        var zeros = digits.Length - digits.TrimStart('0').Length;
        var significant = digits[zeros..];
        return $"{(text[0] == '-' ? "-" : "")}{significant[0]}{(significant.Length > 1 ? "." + significant[1..] : "")}e-{zeros + 1:00}";
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or > '~' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
