using System.Text;
using System.Xml;
using Headgate.Desk.Collectors.Canada;
using Headgate.Desk.Collectors.Factors;
using Headgate.Testing;

namespace Headgate.Desk.Tests.Collectors;

public sealed class ParserTests
{
    [SharedFact]
    public void A_recorded_chart_gives_its_last_bar_and_one_without_trades_gives_none()
    {
        YahooChart.LastBar(File.ReadAllBytes(SharedFiles.Path("fixtures", "yahoo", "chart_AAPL_1d.json"))).ShouldBe(
            new Bar(164.97999572753906m, 166.69000244140625m, 162.14999389648438m, 164.32000732421875m, 91_162_800, DateTimeOffset.FromUnixTimeSeconds(1_645_540_200)));
        YahooChart.LastBar(File.ReadAllBytes(SharedFiles.Path("fixtures", "yahoo", "chart_AAPL_1m_empty_weekend.json"))).ShouldBeNull();
    }

    [Fact]
    public void Minutes_nobody_traded_in_are_passed_over_and_never_filled()
    {
        var body = """{"chart":{"result":[{"timestamp":[60,120,180],"indicators":{"quote":[{"open":[1,2,null],"high":[1.5,2.5,null],"low":[0.5,1.5,null],"close":[1.25,2.25,null],"volume":[7,8,null]}]}}]}}"""u8.ToArray();
        YahooChart.LastBar(body).ShouldBe(new Bar(2, 2.5m, 1.5m, 2.25m, 8, DateTimeOffset.FromUnixTimeSeconds(120)));
        YahooChart.Day(body).ShouldBe(new Commodity(2.25m, 1, 1.25m, DateTimeOffset.FromUnixTimeSeconds(120)));
    }

    [Theory]
    [InlineData("""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>""")]
    [InlineData("""<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>""")]
    [InlineData("""<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss><channel><item><title>x</title></item></channel></rss>""")]
    [InlineData("<html><body>Not Found")]
    public void A_feed_with_a_document_type_or_no_xml_is_refused(string body) => Should.Throw<XmlException>(() => FeedXml.Parse(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_feed_that_never_ends_is_refused_and_a_long_one_is_cut()
    {
        Should.Throw<XmlException>(() => FeedXml.Parse(Encoding.UTF8.GetBytes($"<rss><channel><item><title>{new string('x', 5 << 20)}</title></item></channel></rss>")));
        var feed = FeedXml.Parse(Encoding.UTF8.GetBytes($"<rss><channel>{string.Concat(Enumerable.Repeat($"<item><title>{new string('y', 900)}</title></item>", 200))}</channel></rss>"))!;
        feed.Stories.Count.ShouldBe(50);
        feed.Stories.ShouldAllBe(story => story.Title.Length == 500);
    }

    [Fact]
    public void A_link_without_end_is_left_out_and_its_story_stays() =>
        FeedXml.Parse(Encoding.UTF8.GetBytes($"<rss><channel><item><title>One</title><link>https://a.example/{new string('z', 1 << 20)}</link></item></channel></rss>"))!
            .Stories.ShouldBe([new NewsStory("One", null, null)]);

    [Fact]
    public void Rss_and_atom_are_read_and_a_link_that_is_no_web_address_is_left_out()
    {
        FeedXml.Parse("""<rss><channel><item><title> One &amp; two </title><link>https://a.example/1</link><pubDate>Fri, 20 Nov 2026 10:00:00 -0500</pubDate></item><item><title>Three</title><link>javascript:alert(1)</link></item><item/></channel></rss>"""u8.ToArray())!
            .Stories.ShouldBe([new NewsStory("One & two", "https://a.example/1", new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero)), new NewsStory("Three", null, null)]);
        FeedXml.Parse("""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><link href="https://a.example/2"/><updated>2026-11-20T15:00:00Z</updated></entry></feed>"""u8.ToArray())!
            .Stories.ShouldBe([new NewsStory("A", "https://a.example/2", new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero))]);
        FeedXml.Parse("<rss><channel/></rss>"u8.ToArray()).ShouldBeNull();
    }

    [Fact]
    public void The_newest_value_of_each_series_keeps_its_own_date()
    {
        Valet.Latest("""{"observations":[{"d":"2026-11-19","FXUSDCAD":{"v":"1.4010"},"FXEURCAD":{"v":"1.5500"}},{"d":"2026-11-18","FXUSDCAD":{"v":"1.3990"}},{"d":"2026-11-20","FXUSDCAD":{"v":""},"FXEURCAD":{"v":"1.5510"}}]}"""u8.ToArray())!
            .Observations.ShouldBe([new Observation("FXEURCAD", 1.5510m, new DateOnly(2026, 11, 20)), new Observation("FXUSDCAD", 1.4010m, new DateOnly(2026, 11, 19))]);
        Valet.Latest("""{"observations":[]}"""u8.ToArray()).ShouldBeNull();
    }

    [Fact]
    public void Factors_keep_the_text_of_their_numbers_and_invent_no_member()
    {
        FactorJson.Members("""{"companyNewsScore":0.6200,"sentiment":{"bullishPercent":0.70,"deep":{"er":1}},"list":[1],"none":null,"big":9007199254740993}"""u8.ToArray())!
            .Facts.ShouldBe(new Dictionary<string, string> { ["big"] = "9007199254740993", ["companyNewsScore"] = "0.6200", ["sentiment.bullishPercent"] = "0.70" }, ignoreOrder: true);
        FactorJson.Members("""{"metric":{}}"""u8.ToArray(), "metric").ShouldBeNull();
        FactorJson.Articles("""{"totalResults":0,"articles":[]}"""u8.ToArray())!.Facts.ShouldBe(new Dictionary<string, string> { ["totalResults"] = "0" });
    }
}
