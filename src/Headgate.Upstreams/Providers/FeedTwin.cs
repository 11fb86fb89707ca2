using System.Text;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>A publisher of RSS feeds: every path but those whose last folder begins with <c>NO</c> has one; items come every five minutes. No limit is published; the guess of its definition is held.</summary>
public sealed class FeedTwin : ProviderTwin
{
    private const int ItemsShown = 3;
    private const long SecondsPerItem = 300;

    private static readonly LimitRule[] Rules = [new("address", "all", 1, TimeSpan.FromSeconds(10))];

    /// <param name="name">The publisher's catalogue name.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Holds nobody to any limit.</param>
    public FeedTwin(string name, FaultPlan? faults = null, bool isUnlimited = false)
        : base(name, isUnlimited ? [] : Rules, keys: null, faults)
    {
    }

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) => new(target.Path, "all", request.Remote);

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (target.Segments.Count == 0 || target.Segments.Any(segment => !IsKnown(segment)))
        {
            return new TwinReply(404, [new("Content-Type", "text/html")], "<html><body>Not Found</body></html>"u8.ToArray());
        }

        var newest = now.ToUnixTimeSeconds() / SecondsPerItem;
        var items = Enumerable.Range(0, ItemsShown).Select(i => Item(newest - i));
        return new TwinReply(
            200,
            [new("Content-Type", "application/rss+xml; charset=UTF-8")],
            Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{Name}</title>{string.Concat(items)}</channel></rss>"""));
    }

    protected override TwinReply TooManyRequests(TwinRoute route) => new(429, [new("Content-Type", "text/html")], "<html>Too Many Requests</html>"u8.ToArray());

    protected override TwinReply ServerError(int status) => new(status, [new("Content-Type", "text/html")], "<html>Bad Gateway</html>"u8.ToArray());

    private static string Item(long number) =>
        $"<item><title>Story {number} &amp; more</title><link>https://news.example/{number}</link><guid>{number}</guid><pubDate>{DateTimeOffset.FromUnixTimeSeconds(number * SecondsPerItem):R}</pubDate></item>";
}
