using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Headgate.Desk.Collectors.Canada;

/// <summary>Reads RSS 2.0 and Atom from strangers: no document type, no entities but the five of XML, nothing fetched, everything bounded.</summary>
internal static class FeedXml
{
    private const int StoriesMax = 50;
    private const int TextMax = 500;
    private const int LinkMax = 2_000;
    private const long CharactersMax = 4 << 20;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = CharactersMax,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <returns>The feed; null when it has no story with a title.</returns>
    /// <exception cref="XmlException">It is no XML, has a document type, or is too long.</exception>
    public static NewsFeed? Parse(ReadOnlyMemory<byte> body)
    {
        using var stream = new MemoryStream(body.ToArray(), writable: false);
        using var reader = XmlReader.Create(stream, Safe);
        List<NewsStory> stories = [.. XDocument.Load(reader).Descendants().Where(static element => element.Name.LocalName is "item" or "entry").Take(StoriesMax).Select(Story).OfType<NewsStory>()];
        return stories.Count == 0 ? null : new NewsFeed(stories);
    }

    private static NewsStory? Story(XElement item) => Text(item, "title") is { } title
        ? new NewsStory(title, Link(item), Instant(Text(item, "pubDate") ?? Text(item, "published") ?? Text(item, "updated") ?? Text(item, "date")))
        : null;

    // RSS writes the address as the element's text, Atom as an attribute.
    private static string? Link(XElement item)
    {
        var element = Child(item, "link");
        var address = element?.Attribute("href")?.Value ?? element?.Value.Trim();
        // One that was cut would lead elsewhere: too long is none.
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.AbsoluteUri is { Length: <= LinkMax } link ? link : null;
    }

    private static string? Text(XElement item, string name) =>
        Child(item, name)?.Value.Trim() is { Length: > 0 } text ? text.Length > TextMax ? text[..TextMax] : text : null;

    private static XElement? Child(XElement item, string name) => item.Elements().FirstOrDefault(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal));

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
