using System.Text;

namespace Headgate.Desk.Alerts;

/// <summary>Telegram's HTML: what may be said in it, and what to do with a text that breaks its rules.</summary>
/// <remarks>
/// The service refuses a message with a raw <c>&lt;</c> as a whole ("can't parse entities"; Bot API, formatting options, read 2026-11-20), so a message that was
/// put together wrongly is never sent as HTML: it goes out as plain text instead of being lost.
/// </remarks>
public static class AlertHtml
{
    private static readonly string[] Tags = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler", "blockquote"];

    /// <summary>Makes text, dynamic or literal, safe between tags.</summary>
    public static string Escape(string? text) => text is null
        ? ""
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Bold, escaped.</summary>
    public static string Bold(string text) => $"<b>{Escape(text)}</b>";

    /// <summary>Only known tags, closed in order, and no raw special character elsewhere.</summary>
    public static bool IsWellFormed(string html)
    {
        var open = new Stack<string>();
        for (var i = 0; i < html.Length; i++)
        {
            switch (html[i])
            {
                case '>':
                    return false;
                case '&' when !IsEntity(html.AsSpan(i)):
                    return false;
                case '<':
                    var end = html.IndexOf('>', i);
                    if (end < 0 || !Take(html[(i + 1)..end], open))
                    {
                        return false;
                    }

                    i = end;
                    break;
            }
        }

        return open.Count == 0;
    }

    /// <summary>The text without tags and entities.</summary>
    public static string ToPlain(string html)
    {
        if (!IsWellFormed(html))
        {
            return html;
        }

        var plain = new StringBuilder(html.Length);
        for (var i = 0; i < html.Length; i++)
        {
            if (html[i] == '<')
            {
                i = html.IndexOf('>', i);
            }
            else
            {
                plain.Append(html[i]);
            }
        }

        return plain.ToString()
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
    }

    /// <summary>At most so many characters and still well formed: whole lines are left out at the end, and the cut shows as an ellipsis.</summary>
    public static string Fit(string html, int charsMax)
    {
        if (html.Length <= charsMax)
        {
            return html;
        }

        for (var cut = html.LastIndexOf('\n', charsMax - 2); cut > 0; cut = html.LastIndexOf('\n', cut - 1))
        {
            if (IsWellFormed(html[..cut]))
            {
                return html[..cut] + "\n…";
            }
        }

        // One endless line: plain, escaped again, cut between characters and entities.
        var text = new StringBuilder();
        foreach (var rune in ToPlain(html).EnumerateRunes())
        {
            var next = Escape(rune.ToString());
            if (text.Length + next.Length + 1 > charsMax)
            {
                break;
            }

            text.Append(next);
        }

        return text.Append('…').ToString();
    }

    private static bool Take(string tag, Stack<string> open)
    {
        if (tag.StartsWith('/'))
        {
            return open.TryPop(out var last) && string.Equals(last, tag[1..], StringComparison.Ordinal);
        }

        if (!Tags.Contains(tag, StringComparer.Ordinal))
        {
            return false;
        }

        open.Push(tag);
        return true;
    }

    private static bool IsEntity(ReadOnlySpan<char> text) =>
        text.StartsWith("&amp;", StringComparison.Ordinal) || text.StartsWith("&lt;", StringComparison.Ordinal)
        || text.StartsWith("&gt;", StringComparison.Ordinal) || text.StartsWith("&quot;", StringComparison.Ordinal);
}
