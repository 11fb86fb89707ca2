using System.Text;
using Headgate.Desk.Alerts;

namespace Headgate.Desk.Monitors.Messages;

/// <summary>A message in Telegram's HTML, line by line. Everything that goes in is escaped here, dynamic or not; nobody writes markup by hand.</summary>
internal sealed class MessageText
{
    // Below Telegram's 4,096, with room for what a channel adds: its stamp and the key of a repetition.
    private const int CharsMax = 3_800;

    private readonly StringBuilder _html = new();

    public MessageText Headline(string text)
    {
        Break();
        _html.Append(AlertHtml.Bold(text));
        return this;
    }

    public MessageText Line(string text)
    {
        Break();
        _html.Append(AlertHtml.Escape(text));
        return this;
    }

    public MessageText Fact(string name, string value)
    {
        Break();
        _html.Append(AlertHtml.Escape(name)).Append(": ").Append(AlertHtml.Bold(value));
        return this;
    }

    public MessageText Blank()
    {
        Break();
        return this;
    }

    public override string ToString() => AlertHtml.Fit(_html.ToString(), CharsMax);

    private void Break() => _html.Append(_html.Length == 0 ? "" : "\n");
}
