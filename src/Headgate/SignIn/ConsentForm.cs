using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Headgate.SignIn;

/// <summary>The page by which European visitors are asked for their consent before a cookie is given (yahoo-finance2 getCrumb.ts, read 2026-11-20).</summary>
internal static partial class ConsentForm
{
    private const int FieldsMax = 64;

    /// <summary>The form that agrees, coded; null when the page is no such form.</summary>
    public static string? Agree(SignInReply page)
    {
        if (page.Status != 200 || page.Header("Content-Type")?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Input().Matches(Encoding.UTF8.GetString(page.Body.Span)))
        {
            if (fields.Count < FieldsMax && Name().Match(input.Value) is { Success: true } name && Value().Match(input.Value) is { Success: true } value)
            {
                fields[WebUtility.HtmlDecode(name.Groups[1].Value)] = WebUtility.HtmlDecode(value.Groups[1].Value);
            }
        }

        if (!fields.ContainsKey("csrfToken") || !fields.ContainsKey("sessionId"))
        {
            return null;
        }

        fields["agree"] = "agree";
        return string.Join('&', fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
    }

    [GeneratedRegex("<input[^>]+>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Input();

    [GeneratedRegex("\\bname=\"([^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("\\bvalue=\"([^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Value();
}
